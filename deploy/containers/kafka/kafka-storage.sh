#!/bin/sh
exec java -cp "/opt/kafka/libs/*:/opt/kafka/libs" kafka.tools.StorageTool "$@"
