// Sends one intent to open a position, and prints its id; the outcome is on quantum.decision.
//
//     node send_intent.js ACCOUNT SYMBOL ACTION MARGIN LEVERAGE
//
// The addresses are in the environment: BOOTSTRAP_SERVERS and SCHEMA_REGISTRY. Needs Node 18 or newer and
// `npm install` in this directory.
'use strict';

const { randomUUID } = require('node:crypto');
const avro = require('avsc');
const { Kafka, Partitioners, logLevel } = require('kafkajs');

const TOPIC = 'quantum.trade.intent';

/** Avro's decimal: a number times 10^18, in two's complement, the most significant byte first. */
function decimal(text) {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`${text} is no amount`);
  const hex = BigInt(whole + fraction.padEnd(18, '0')).toString(16);
  // The first bit is the sign.
  return Buffer.from((hex.length % 2 ? '0' : '00') + hex, 'hex');
}

async function main([account, symbol, action, margin, leverage]) {
  // The schema, and the id under which readers find it.
  const registry = process.env.SCHEMA_REGISTRY;
  const answer = await fetch(`${registry}/subjects/${TOPIC}-value/versions/latest`);
  if (!answer.ok) throw new Error(`the registry answers ${answer.status}: ${await answer.text()}`);
  const latest = await answer.json();
  const type = avro.Type.forSchema(JSON.parse(latest.schema));

  const intent = {
    intentId: randomUUID(),
    account,
    symbol,
    action,
    sizing: 'MARGIN',
    amount: decimal(margin),
    leverage: Number(leverage),
    source: 'javascript',
    createdAtMs: Date.now(),
  };

  // A zero, the id in four bytes, the record.
  const head = Buffer.alloc(5);
  head.writeUInt32BE(latest.id, 1);
  const value = Buffer.concat([head, type.toBuffer(intent)]);

  const brokers = process.env.BOOTSTRAP_SERVERS.split(',');
  const producer = new Kafka({ brokers, logLevel: logLevel.ERROR }).producer({
    // The default, named so that it does not warn: the partition that Kafka's own client would choose.
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  try {
    await producer.send({ topic: TOPIC, messages: [{ key: account, value }] });
  } finally {
    await producer.disconnect();
  }
  console.log(intent.intentId);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
