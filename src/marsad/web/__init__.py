"""The desk: read, check and decide on a screen. The only room with FastAPI and Starlette."""
