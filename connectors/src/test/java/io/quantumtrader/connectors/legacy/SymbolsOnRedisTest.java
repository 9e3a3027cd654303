package io.quantumtrader.connectors.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.topic.Topic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Old keys of every symbol, whatever its letters: UTF-8 as they are. */
@Tag("real")
final class SymbolsOnRedisTest extends LegacySinkOnRedis {

  private static final String GOOD = "io.quantumtrader.schemas.testing.SymbolSamples#good";

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldKeepThePositionInASymbolUnderItsName(String symbol) {
    // when
    put(Topic.POSITION_LEDGER, "main:" + symbol, LegacyRecords.ledger().setSymbol(symbol).build());
    put(
        Topic.POSITION_SNAPSHOT,
        "main:" + symbol,
        LegacyRecords.snapshot().setSymbol(symbol).build());

    // then
    assertThat(hash("quantum:position:ledger:" + symbol)).containsEntry("ledger_amt", "0.003");
    assertThat(hash("quantum:state:positions:" + symbol)).containsEntry("symbol", symbol);

    // when: flat
    put(Topic.POSITION_SNAPSHOT, "main:" + symbol, null);

    // then
    assertThat(keys("quantum:state:positions:*")).isEmpty();
  }
}
