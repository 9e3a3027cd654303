package io.quantumtrader.connectors.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.connectors.redis.source.StreamEntry;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/**
 * The old streams whose entries become intents, read as the source connector reads them, by the
 * same mapping and the same readers. It needs nothing of Connect on the class path.
 */
public final class LegacyStreams {

  private final Map<String, IntentEntries> readers = new LinkedHashMap<>();

  /**
   * Reads the mapping.
   *
   * @param prefix what keys begin with
   * @param on streams to read that are off otherwise, without prefix
   */
  public LegacyStreams(String prefix, List<String> on) {
    for (JsonNode stream : mapping().get("streams")) {
      String name = stream.get("stream").asText();
      if (!stream.path("off").asBoolean() || on.contains(name)) {
        readers.put(prefix + name, reader(stream.get("reader").asText()));
      }
    }
  }

  private static JsonNode mapping() {
    String resource = LegacyContract.SOURCE_MAPPING_RESOURCE;
    try (InputStream in = LegacyStreams.class.getClassLoader().getResourceAsStream(resource)) {
      return new JsonMapper().readTree(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("class path resource " + resource, unreadable);
    }
  }

  private static IntentEntries reader(String className) {
    try {
      return Utils.newInstance(className, IntentEntries.class);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("the mapping names a reader that is not there", missing);
    }
  }

  /** Returns the keys of the streams, with prefix. */
  public List<String> keys() {
    return List.copyOf(readers.keySet());
  }

  /**
   * Returns the intent in an entry of one of the streams.
   *
   * @throws io.quantumtrader.connectors.redis.source.UnreadableEntryException if there is none in
   *     it; it says why
   */
  public TradeIntent read(StreamEntry entry) {
    return readers.get(entry.stream()).intent(entry.id().toString(), entry.text());
  }
}
