package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntentFileTest {

  private static final String OWN =
      "{\"intentId\":\"%s\",\"createdAtMs\":%d,\"symbol\":\"BTCUSDT\",\"action\":\"OPEN_LONG\","
          + "\"sizing\":\"MARGIN\",\"amount\":300,\"leverage\":2}";

  @TempDir Path directory;

  @Test
  void shouldReadBothSpellings() throws IOException {
    Path file =
        write(
            OWN.formatted("a", 5_000)
                + "\n{\"symbol\":\"ethusdt\",\"action\":\"SELL\",\"quantity\":\"0.5\","
                + "\"confidence\":0.7,\"timestamp\":\"2\"}\n");

    List<TimedIntent> intents = IntentFile.read(file).takeRest();

    assertThat(intents).extracting(TimedIntent::line).containsExactly(2L, 1L);
    TradeIntent legacy = intents.get(0).intent();
    assertThat(legacy.getIntentId()).isEqualTo("line-2");
    assertThat(legacy.getSymbol()).isEqualTo("ETHUSDT");
    assertThat(legacy.getSizing()).isEqualTo(Sizing.QUANTITY);
    assertThat(legacy.getCreatedAtMs()).isEqualTo(2_000);
    TradeIntent own = intents.get(1).intent();
    assertThat(own.getAction()).isEqualTo(IntentAction.OPEN_LONG);
    assertThat(own.getAmount()).isEqualByComparingTo(new BigDecimal("300"));
  }

  @Test
  void shouldKeepALineThatIsNoIntentWithItsBytesAndGoOn() throws IOException {
    Path file =
        write(
            "\uFEFF"
                + OWN.formatted("a", 1)
                + "\r\n\n{\"symbol\": \r\n[1]\n"
                + OWN.formatted("b", 2));

    IntentQueue intents = IntentFile.read(file);

    assertThat(intents.intentCount()).isEqualTo(2);
    assertThat(intents.unreadable())
        .extracting(each -> each.cause().line())
        .containsExactly(3L, 4L);
    assertThat(intents.unreadable().get(0).cause().reason()).startsWith("NOT_JSON");
    assertThat(intents.unreadable().get(1).cause().reason()).startsWith("NOT_AN_OBJECT");
    assertThat(intents.unreadable().get(0).bytes())
        .isEqualTo("{\"symbol\": ".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldGiveIntentsInTheOrderOfTimeAndThenOfLines() throws IOException {
    Path file =
        write(
            String.join(
                "\n",
                OWN.formatted("late", 300),
                OWN.formatted("second", 100),
                OWN.formatted("third", 100),
                OWN.formatted("first", -5)));

    IntentQueue intents = IntentFile.read(file);

    assertThat(ids(intents.takeDue(99))).containsExactly("first");
    assertThat(ids(intents.takeDue(100))).containsExactly("second", "third");
    assertThat(ids(intents.takeDue(200))).isEmpty();
    assertThat(ids(intents.takeRest())).containsExactly("late");
    assertThat(ids(intents.takeRest())).isEmpty();
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    assertThatThrownBy(() -> IntentFile.read(directory.resolve("none.jsonl")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.jsonl");
  }

  @ParameterizedTest
  @CsvSource({
    "'[{\"intentId\":\"a\"}]', UTF-8, is one JSON list, jq -c '.[]'",
    "'\uFEFF[\n {\"intentId\":\"a\"}]', UTF-8, is one JSON list, jq -c '.[]'",
    "'{\"intentId\":\"abcdef\"}', UTF-16, is UTF-16 text, iconv -f UTF-16 -t UTF-8",
    "'PAR1', UTF-8, is a Parquet file, expected JSON lines",
  })
  void shouldRefuseAFileThatIsSomethingElseAsAWhole(
      String text, String charset, String what, String advice) throws IOException {
    Path file = Files.write(directory.resolve("intents"), text.getBytes(Charset.forName(charset)));

    assertThatThrownBy(() -> IntentFile.read(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(what)
        .hasMessageContaining(advice);
  }

  private static List<String> ids(List<TimedIntent> intents) {
    return intents.stream().map(each -> each.intent().getIntentId()).toList();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("intents.jsonl"), text);
  }
}
