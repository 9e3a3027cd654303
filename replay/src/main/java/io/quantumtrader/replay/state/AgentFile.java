package io.quantumtrader.replay.state;

import io.quantumtrader.agents.AgentMemory;
import io.quantumtrader.agents.decision.Stance;
import io.quantumtrader.agents.decision.View;
import io.quantumtrader.schemas.avro.MarketState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what an agent remembers, and reads it back. */
final class AgentFile {

  private AgentFile() {}

  static void write(StateOutput out, AgentMemory memory) throws IOException {
    out.number(memory.nowMs());
    out.number(memory.longestIntervalMs());
    out.each(memory.listed(), out::text);
    out.each(
        memory.nextLists(),
        list -> {
          out.number(list.asOfMs());
          out.each(list.symbols(), out::text);
        });
    out.each(
        memory.pages().entrySet(),
        each -> {
          out.text(each.getKey());
          writePage(out, each.getValue());
        });
    out.each(memory.news(), state -> out.bytes(bytes(state.toByteBuffer())));
  }

  static AgentMemory read(StateInput in) throws IOException {
    long nowMs = in.number();
    long longestIntervalMs = in.number();
    List<String> listed = in.each(in::text);
    List<AgentMemory.NextList> nextLists =
        in.each(() -> new AgentMemory.NextList(in.number(), in.each(in::text)));
    Map<String, AgentMemory.Page> pages = new HashMap<>();
    in.each(() -> pages.put(in.text(), readPage(in)));
    List<MarketState> news = in.each(() -> MarketState.fromByteBuffer(ByteBuffer.wrap(in.bytes())));
    return new AgentMemory(nowMs, longestIntervalMs, listed, nextLists, pages, news);
  }

  private static void writePage(StateOutput out, AgentMemory.Page page) throws IOException {
    out.text(page.view().stance().name());
    out.flag(page.view().strong());
    out.flag(page.view().due());
    out.number(page.decidedAsOfMs());
    out.number(page.seenMs());
    out.number(page.intervalMs());
    out.flag(page.askedUnlisted());
  }

  private static AgentMemory.Page readPage(StateInput in) throws IOException {
    View view = new View(Stance.valueOf(in.text()), in.flag(), in.flag());
    return new AgentMemory.Page(view, in.number(), in.number(), in.number(), in.flag());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
