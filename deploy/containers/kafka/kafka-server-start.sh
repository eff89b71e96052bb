#!/bin/sh
exec java -Xms64m -Xmx512m -cp "/opt/kafka/libs/*:/opt/kafka/libs" kafka.Kafka "$@"
