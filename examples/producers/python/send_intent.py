"""Sends one intent to open a position, and prints its id; the outcome is on quantum.decision.

    send_intent.py ACCOUNT SYMBOL ACTION MARGIN LEVERAGE

The addresses are in the environment: BOOTSTRAP_SERVERS and SCHEMA_REGISTRY. Needs
`pip install confluent-kafka avro`, or Debian's python3-confluent-kafka and python3-avro.
"""

import io
import json
import os
import struct
import sys
import time
import urllib.request
import uuid
from decimal import Context, Decimal

import avro.io
import avro.schema
from confluent_kafka import Producer

TOPIC = "quantum.trade.intent"

account, symbol, action, margin, leverage = sys.argv[1:]

# The schema, and the id under which readers find it.
registry = os.environ["SCHEMA_REGISTRY"]
with urllib.request.urlopen(f"{registry}/subjects/{TOPIC}-value/versions/latest") as answer:
    latest = json.load(answer)
schema = avro.schema.parse(latest["schema"])

# The library fills in no defaults when it writes,
intent = {field.name: field.default for field in schema.fields if field.has_default}
intent.update(
    intentId=str(uuid.uuid4()),
    account=account,
    symbol=symbol,
    action=action,
    sizing="MARGIN",
    # and does not bring a decimal to its scale: without this, 300 would arrive as 300e-18.
    amount=Decimal(margin).quantize(Decimal("1e-18"), context=Context(prec=38)),
    leverage=float(leverage),
    source="python",
    createdAtMs=int(time.time() * 1000),
)

# A zero, the id in four bytes, the record.
value = io.BytesIO()
value.write(struct.pack(">bI", 0, latest["id"]))
avro.io.DatumWriter(schema).write(intent, avro.io.BinaryEncoder(value))

failures = []
producer = Producer({"bootstrap.servers": os.environ["BOOTSTRAP_SERVERS"]})
producer.produce(
    TOPIC,
    key=account,
    value=value.getvalue(),
    on_delivery=lambda error, _: error and failures.append(error),
)
if producer.flush(30) or failures:
    sys.exit(f"the intent was not delivered: {failures or 'no answer within 30 s'}")
print(intent["intentId"])
