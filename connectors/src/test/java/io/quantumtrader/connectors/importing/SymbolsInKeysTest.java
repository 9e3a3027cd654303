package io.quantumtrader.connectors.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the import takes for a symbol: what stands behind the last colon of a key. */
final class SymbolsInKeysTest {

  private static final String GOOD = "io.quantumtrader.schemas.testing.SymbolSamples#good";
  private static final String BAD = "io.quantumtrader.schemas.testing.SymbolSamples#bad";
  private static final String LOWER = "io.quantumtrader.schemas.testing.SymbolSamples#lowerCase";

  private static FoundPosition read(String symbol) {
    return PositionHash.read(
        "quantum:state:positions:" + symbol,
        Map.of("position_amt", "1", "entry_price", "2"),
        Map.of(),
        Trusted.NEITHER,
        0);
  }

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldTakeOverAPositionInASymbol(String symbol) {
    assertThat(read(symbol))
        .isInstanceOfSatisfying(
            FoundPosition.Open.class,
            open -> assertThat(open.position().getSymbol()).isEqualTo(symbol));
  }

  @ParameterizedTest
  @MethodSource({BAD, LOWER})
  void shouldSkipWhatIsNoSymbolAndSayIt(String text) {
    // A colon ends the key's prefix, so that what follows it is the symbol.
    String expected = text.contains(":") ? "Open" : "SYMBOL_INVALID";

    FoundPosition found = read(text);

    assertThat(found instanceof FoundPosition.Skipped none ? none.reason() : "Open")
        .isEqualTo(expected);
  }
}
