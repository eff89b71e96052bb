"""The peer of a service: a plain JSON endpoint that does the same read, and nothing else.

`python -m congvu_bench.plain PORT MONGO_URL DATABASE COLLECTION`
"""

import sys

import uvicorn
from fastapi import FastAPI

from congvu_kit.adapters.driver import new_client


def app(mongo_url: str, database: str, collection: str) -> FastAPI:
    made = FastAPI(openapi_url=None)
    rows = new_client(mongo_url)[database][collection]

    @made.get("/readyz")
    async def readyz() -> dict[str, str]:
        return {"status": "ready"}

    @made.get("/{id}")
    async def read(id: str) -> dict[str, object] | None:
        return await rows.find_one({"_id": id})

    return made


if __name__ == "__main__":
    uvicorn.run(app(*sys.argv[2:5]), port=int(sys.argv[1]), log_level="warning", access_log=False)
