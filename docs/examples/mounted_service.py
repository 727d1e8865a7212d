"""An application of one's own that has the service below /sms."""

from fastapi import FastAPI

from septet.serve import Settings, create

app = FastAPI()
app.mount("/sms", create(Settings(max_text=2_000)))
