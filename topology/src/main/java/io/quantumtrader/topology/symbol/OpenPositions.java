package io.quantumtrader.topology.symbol;

import io.quantumtrader.schemas.avro.OpenPosition;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The positions of one task, each symbol's lying together. Flat ones stay, as ledger rows do. */
final class OpenPositions {

  private final KeyValueStore<String, OpenPosition> positions;

  OpenPositions(ProcessingContext context) {
    positions = context.getStateStore(Names.OPEN_POSITION_STORE);
  }

  /** Returns the positions in a symbol, of every account. */
  List<OpenPosition> in(String symbol) {
    List<OpenPosition> found = new ArrayList<>();
    try (KeyValueIterator<String, OpenPosition> rows =
        positions.prefixScan(SymbolStores.positionPrefix(symbol), new StringSerializer())) {
      rows.forEachRemaining(row -> found.add(row.value));
    }
    return found;
  }

  Optional<OpenPosition> of(PositionLedger row) {
    return Optional.ofNullable(positions.get(key(row)));
  }

  void put(OpenPosition position) {
    positions.put(key(position.getLedger()), position);
  }

  private static String key(PositionLedger row) {
    return SymbolStores.positionKey(row.getSymbol(), row.getAccount());
  }
}
