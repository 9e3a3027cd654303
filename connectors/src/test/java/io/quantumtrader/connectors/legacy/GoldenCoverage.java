package io.quantumtrader.connectors.legacy;

import static io.quantumtrader.connectors.legacy.LegacyRecords.NOW_MS;

import io.quantumtrader.connectors.redis.mapping.ExpiryReference;
import io.quantumtrader.connectors.redis.mapping.Mapping;
import io.quantumtrader.connectors.redis.mapping.RecordMapper;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every captured write beside what the mapping makes of the record that says the same. */
final class GoldenCoverage {

  private final RecordMapper mapper =
      new RecordMapper(
          Mapping.parse(LegacyMapping.json()), SinkSettings.DEFAULT_PREFIX, ExpiryReference.RECORD);

  /** Returns all writes of a file, in order. */
  List<GoldenWrite> writes(String service) {
    List<GoldenWrite> writes = new ArrayList<>();
    for (GoldenWire.Case line : GoldenWire.cases(service)) {
      for (List<String> captured : line.writes()) {
        writes.add(new GoldenWrite(service, line.name(), captured, compare(captured)));
      }
    }
    return writes;
  }

  private Optional<GoldenComparison> compare(List<String> captured) {
    return GoldenRecords.of(captured)
        .flatMap(
            said -> {
              List<List<String>> written =
                  mapper
                      .writes(LegacyRecords.record(said.topic(), said.key(), said.value()), NOW_MS)
                      .stream()
                      .map(RedisWrite::words)
                      .toList();
              return GoldenComparison.of(captured, written);
            });
  }
}
