// A message centre of another make (npm: smpp). It says its port in a first line, then one line of JSON for
// each submit_sm, with the text as its own decoder has it; and it sends each one back as a deliver_sm.
"use strict";

const smpp = require("smpp");

const hex = (value) => (Buffer.isBuffer(value) ? value.toString("hex") : null);

function seen(pdu, octets) {
  const has = pdu.short_message && pdu.short_message.message && pdu.short_message.message.length;
  const content = has ? pdu.short_message : pdu.message_payload || pdu.short_message;
  return {
    text: typeof content.message === "string" ? content.message : null,
    udh: (content.udh || []).map(hex),
    data_coding: pdu.data_coding,
    esm_class: pdu.esm_class,
    sar: [pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum],
    ports: [pdu.dest_port, pdu.source_port],
    from: pdu.source_addr,
    to: pdu.destination_addr,
  };
}

// What was decoded, for this server's own encoder.
function again(content) {
  const udh = content.udh || [];
  if (!udh.length) return { message: content.message };
  const elements = Buffer.concat(udh);
  return { udh: Buffer.concat([Buffer.from([elements.length]), elements]), message: content.message };
}

const OPTIONAL = [
  "sar_msg_ref_num", "sar_total_segments", "sar_segment_seqnum", "dest_port", "source_port",
];

const server = smpp.createServer({}, (session) => {
  session.on("bind_transceiver", (pdu) => session.send(pdu.response()));
  session.on("unbind", (pdu) => {
    session.send(pdu.response());
    session.close();
  });
  session.on("submit_sm", (pdu) => {
    session.send(pdu.response({ message_id: String(pdu.sequence_number) }));
    process.stdout.write(JSON.stringify(seen(pdu)) + "\n");
    const back = {
      source_addr: pdu.destination_addr,
      destination_addr: pdu.source_addr,
      esm_class: pdu.esm_class,
      data_coding: pdu.data_coding,
      short_message: again(pdu.short_message),
    };
    for (const name of OPTIONAL) if (pdu[name] !== undefined) back[name] = pdu[name];
    if (pdu.message_payload) back.message_payload = again(pdu.message_payload);
    session.deliver_sm(back);
  });
});

server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on("end", () => process.exit(0)).resume();
