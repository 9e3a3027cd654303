package io.quantumtrader.app.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.Quantum;
import io.quantumtrader.app.feed.GeneratedMarket;
import io.quantumtrader.app.feed.GeneratedMarketSettings;
import io.quantumtrader.schemas.avro.Candle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The README's replay, on the whole stack: what comes out adds up, and is the same each time. */
final class UpReplayTest {

  private static final long BEGIN_MS = 1_763_546_400_000L;
  private static final long MINUTE = 60_000;
  private static final int STEPS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void shouldReplayAFileTheSameEachTimeAndAddUp() throws Exception {
    // given candles, an intent of their own time and a line that is none
    Path candles = writeCandles();
    Path intents = directory.resolve("intents.jsonl");
    long made = BEGIN_MS + (STEPS - 10) * MINUTE;
    Files.writeString(
        intents,
        "{\"intentId\":\"mine-1\",\"symbol\":\"NOSUCHUSDT\",\"action\":\"BUY\",\"sizing\":\"MARGIN\","
            + "\"amount\":\"300\",\"leverage\":2,\"createdAtMs\":"
            + made
            + "}\nnonsense\n");

    // when
    JsonNode first = replay(candles, intents, directory.resolve("first"));
    JsonNode second = replay(candles, intents, directory.resolve("second"));

    // then
    assertThat(first.get("candles").asLong()).isEqualTo(Files.readAllLines(candles).size() - 1);
    assertThat(first.get("marketStates").asLong()).isPositive();
    assertThat(first.get("intents").asLong())
        .isEqualTo(first.get("intentPlans").asLong() + sum(first.get("denials")));
    assertThat(first.get("deadLetters").asLong()).isEqualTo(1);
    assertThat(first.get("maxOpenPositions").asLong()).isLessThanOrEqualTo(10);
    assertThat(cents(first, "equityEnd"))
        .isEqualTo(
            money(first, "equityStart")
                .add(money(first, "realizedPnl"))
                .add(money(first, "unrealizedPnl"))
                .subtract(money(first, "fees"))
                .setScale(2, RoundingMode.HALF_EVEN));
    assertThat(outcomes(second)).isEqualTo(outcomes(first));
    refold(directory.resolve("first"), first);
  }

  private static JsonNode outcomes(JsonNode summary) {
    return ((com.fasterxml.jackson.databind.node.ObjectNode) summary.deepCopy())
        .without(List.of("eventsPerSecond", "redisKeys"));
  }

  private JsonNode replay(Path candles, Path intents, Path dump) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Quantum.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code =
        command.execute(
            "up",
            "--candles",
            candles.toString(),
            "--intents",
            intents.toString(),
            "--speed",
            "max",
            "--until-drained",
            "--json",
            "--dump",
            dump.toString());
    assertThat(code).as(err.toString()).isZero();
    return JSON.readTree(out.toString());
  }

  /** Checks the dump from outside of the Java code, where there is a Python to do it with. */
  private void refold(Path dump, JsonNode summary) throws Exception {
    Path summaryFile = directory.resolve("summary.json");
    Files.writeString(summaryFile, summary.toString());
    Path script = Path.of("src", "test", "python", "refold.py");
    Process python;
    try {
      python =
          new ProcessBuilder("python3", script.toString(), dump.toString(), summaryFile.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeThat(false).as("there is no python3 to refold the dump with").isTrue();
      return;
    }
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(python.exitValue()).as(said).isZero();
  }

  private Path writeCandles() throws IOException {
    GeneratedMarket market = new GeneratedMarket(GeneratedMarketSettings.withSeed(7));
    List<String> lines = new ArrayList<>();
    lines.add("open_time_ms,symbol,open,high,low,close,volume");
    for (int step = 1; step <= STEPS; step++) {
      for (Candle candle : market.next(BEGIN_MS + step * MINUTE, MINUTE).candles()) {
        lines.add(
            String.join(
                ",",
                Long.toString(candle.getOpenTimeMs()),
                candle.getSymbol(),
                plain(candle.getOpen()),
                plain(candle.getHigh()),
                plain(candle.getLow()),
                plain(candle.getClose()),
                plain(candle.getVolume())));
      }
    }
    Path file = directory.resolve("candles.csv");
    Files.write(file, lines);
    return file;
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return sum;
  }

  private static BigDecimal money(JsonNode summary, String name) {
    return new BigDecimal(summary.get(name).asText());
  }

  private static BigDecimal cents(JsonNode summary, String name) {
    return money(summary, name).setScale(2, RoundingMode.HALF_EVEN);
  }
}
