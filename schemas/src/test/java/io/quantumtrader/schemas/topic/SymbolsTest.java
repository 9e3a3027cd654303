package io.quantumtrader.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.legacy.IntentLine;
import io.quantumtrader.schemas.legacy.IntentReading;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SymbolsTest {

  private static final String GOOD = "io.quantumtrader.schemas.testing.SymbolSamples#good";
  private static final String BAD = "io.quantumtrader.schemas.testing.SymbolSamples#bad";
  private static final String LOWER = "io.quantumtrader.schemas.testing.SymbolSamples#lowerCase";

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldTakeWhatTheExchangeLists(String symbol) {
    assertThat(Symbols.isSymbol(symbol)).isTrue();
  }

  @ParameterizedTest
  @MethodSource({BAD, LOWER})
  void shouldRefuseWhatNoExchangeLists(String symbol) {
    assertThat(Symbols.isSymbol(symbol)).isFalse();
  }

  @Test
  void shouldRefuseHalfOfACharacterAndNothingAtAll() {
    assertThat(Symbols.isSymbol("\ud840")).isFalse();
    assertThat(Symbols.isSymbol("USDT\udc00")).isFalse();
    assertThat(Symbols.isSymbol("\u01c5USDT")).isFalse();
    assertThat(Symbols.isSymbol(null)).isFalse();
  }

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldFindASymbolInAKeyAgain(String symbol) {
    String key = Accounts.key("second", symbol);

    assertThat(Accounts.accountOf(key)).isEqualTo("second");
    assertThat(Accounts.symbolOf(key)).isEqualTo(symbol);
  }

  @ParameterizedTest
  @MethodSource({GOOD, LOWER})
  void shouldReadAnIntentLineInEitherCase(String symbol) {
    IntentReading reading = IntentLine.read(line(symbol), 7);

    assertThat(reading)
        .isInstanceOfSatisfying(
            IntentReading.Accepted.class,
            accepted -> assertThat(accepted.intent().getSymbol()).isEqualTo(upper(symbol)));
  }

  @ParameterizedTest
  @MethodSource(BAD)
  void shouldRefuseAnIntentLineWithItsNumber(String symbol) {
    for (String line : new String[] {line(symbol), legacyLine(symbol)}) {
      assertThat(IntentLine.read(line, 7))
          .isInstanceOfSatisfying(
              IntentReading.Refused.class,
              refused ->
                  assertThat(refused.text())
                      .startsWith("line 7: symbol ")
                      .contains(symbol.isEmpty() ? "" : "'" + upper(symbol) + "'"));
    }
  }

  private static String upper(String symbol) {
    return symbol.toUpperCase(Locale.ROOT);
  }

  private static String line(String symbol) {
    return "{\"intentId\":\"i\",\"symbol\":\"%s\",\"action\":\"BUY\",\"createdAtMs\":1}"
        .formatted(symbol);
  }

  private static String legacyLine(String symbol) {
    return "{\"symbol\":\"%s\",\"action\":\"BUY\",\"quantity\":\"1\",\"timestamp\":\"1763553600\"}"
        .formatted(symbol);
  }
}
