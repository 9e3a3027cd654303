package io.quantumtrader.topology.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.topology.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the sub-topology is wired. */
final class SymbolSubtopologyTest {

  /** What lasts. */
  static final List<String> STORES =
      List.of(
          Names.MARKET_HEAD_STORE,
          Names.MARKET_CLOSE_STORE,
          Names.MARKET_MINUTE_STORE,
          Names.MARK_STORE,
          Names.OPEN_POSITION_STORE,
          Names.EXCHANGE_VIEW_STORE);

  @Test
  void shouldKeepCandlesAndPositionsInOneTask(@TempDir Path directory) {
    // given
    try (SymbolDriver driver = new SymbolDriver(directory, "symbol-driver")) {
      // when
      TopologyDescription.Subtopology together =
          driver.topology().describe().subtopologies().stream()
              .filter(
                  part ->
                      part.nodes().stream()
                          .anyMatch(node -> node.name().equals(Names.MARKET_STAGE)))
              .findFirst()
              .orElseThrow();

      // then
      assertThat(together.nodes())
          .extracting(TopologyDescription.Node::name)
          .contains(Names.CANDLE_SOURCE, Names.MARKET_STAGE, Names.POSITION_STAGE);
      assertThat(together.nodes())
          .filteredOn(TopologyDescription.Processor.class::isInstance)
          .flatExtracting(node -> ((TopologyDescription.Processor) node).stores())
          .hasSameElementsAs(
              Stream.concat(STORES.stream(), Stream.of(Names.SYMBOL_STATE)).toList());
    }
  }
}
