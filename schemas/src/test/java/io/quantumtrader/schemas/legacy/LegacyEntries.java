package io.quantumtrader.schemas.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.legacy.IntentReading.Accepted;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entries of the old intent stream, and what is read from them. */
final class LegacyEntries {

  static final String ID = "1773499990000-0";
  static final long ID_MS = 1_773_499_990_000L;

  private LegacyEntries() {}

  static Map<String, String> entry(String... pairs) {
    Map<String, String> entry = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      entry.put(pairs[i], pairs[i + 1]);
    }
    return entry;
  }

  static TradeIntent read(Map<String, String> entry) {
    IntentReading reading = LegacyIntentReader.read(ID, entry);
    assertThat(reading).isInstanceOf(Accepted.class);
    return ((Accepted) reading).intent();
  }
}
