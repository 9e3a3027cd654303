package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.compose.readme.House;
import io.quantumtrader.market.GeneratedMarket;
import io.quantumtrader.market.GeneratedMarketSettings;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay of a larger market than the README's, on a broker and without one: what comes out adds
 * up, both leave the same records, and an intent by hand that comes to nothing changes nothing
 * else. {@link TwoDumpsTest} replays one input twice on a broker.
 */
@Tag("real")
final class UpReplayTest {

  /** The same without a broker. */
  private static final String REPLAY = "./quantum replay --candles candles.csv.gz";

  /** A replay with intents by hand. */
  static final String CANDLES_AND_INTENTS =
      "./quantum up --candles candles.csv.gz --intents intents.jsonl --speed max --until-drained";

  // The README's intent is hours older than the first candle.
  static final long BEGIN_MS = 1_763_546_400_000L;
  private static final long MINUTE = 60_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ROW = Pattern.compile("  ( *\\S.*?) {2,}(\\S.*)");

  @TempDir private Path directory;
  private House house;

  @AfterEach
  void endWhatIsLeft() throws IOException {
    house.close();
  }

  @Test
  void shouldAddUpOnABrokerAndWithoutOneAlike() throws Exception {
    // given candles, entries in every symbol, the README's intent, and a line that is none
    house = House.in(directory);
    long candles = writeCandles(house.file("candles.csv.gz"), TwoDumpsTest.STEPS);
    Files.write(house.file("entries.jsonl"), TwoDumpsTest.intents());
    List<String> intents = new ArrayList<>(TwoDumpsTest.intents());
    intents.add(intentOfTheReadme());
    Files.write(house.file("intents.jsonl"), intents);

    // when
    Map<String, String> plain = rows(typed(REPLAY + " --intents entries.jsonl").out());
    JsonNode replayed =
        JSON.readTree(typed(REPLAY + " --intents intents.jsonl --json --out replayed").out());
    JsonNode withIntents =
        JSON.readTree(
            typed(
                    CANDLES_AND_INTENTS
                        + " --json --dump dump --data data --redis-prefix quantum:shadow:")
                .out());

    // then
    assertThat(withIntents.get("candles").asLong()).isEqualTo(candles);
    assertThat(withIntents.get("marketStates").asLong()).isPositive();
    assertThat(Files.readAllLines(house.file("dump/redis.jsonl")))
        .hasSize(withIntents.get("redisKeys").asInt())
        .isNotEmpty()
        .allMatch(line -> line.contains("\"key\":\"quantum:shadow:"));
    assertThat(withIntents.get("intents").asLong())
        .isEqualTo(withIntents.get("intentPlans").asLong() + sum(withIntents.get("denials")));
    assertThat(withIntents.get("deadLetters").asLong()).isEqualTo(1);
    assertThat(withIntents.get("maxOpenPositions").asLong()).isLessThanOrEqualTo(10);
    assertThat(cents(withIntents, "equityEnd"))
        .isEqualTo(
            money(withIntents, "equityStart")
                .add(money(withIntents, "realizedPnl"))
                .add(money(withIntents, "unrealizedPnl"))
                .subtract(money(withIntents, "fees"))
                .setScale(2, RoundingMode.HALF_EVEN));
    assertThat(plain).containsAllEntriesOf(withoutTheIntentByHand(withIntents));
    refold(house.file("dump"), withIntents);
    assertAlike(replayed, withIntents);
    assertSameState(typed(REPLAY + " --intents intents.jsonl --json --tables").out());
  }

  /** The hash is read from the changelogs that the stages left, so they need not run. */
  private void assertSameState(String replayed) throws Exception {
    House.Started servers =
        house.start("./quantum up --data data --without streams,executor,agent,feed,redis");
    JsonNode onBroker;
    try {
      awaitSaid(servers, "Running.");
      onBroker = JSON.readTree(typed("./quantum hash --tables --json").out());
      typed("./quantum record --out recording");
      assertDiffersByNothing(typed("./quantum replay --live --hours 48 --json").out());
    } finally {
      servers.interrupt();
    }
    assertThat(typed("./quantum replay recording").out())
        .containsPattern("each stage again: [0-9,]+ decisions as recorded, 0 differ")
        .containsPattern("the whole pipeline anew: [0-9,]+ decisions as recorded, 0 differ");
    assertThat(withoutTheLastFill(onBroker))
        .isNotEmpty()
        .isEqualTo(withoutTheLastFill(JSON.readTree(replayed)));
  }

  /** The paper exchange is the model, so that nothing leaves it. */
  private static void assertDiffersByNothing(String reconciled) throws IOException {
    JsonNode json = JSON.readTree(reconciled);
    assertThat(json.at("/all/fills").asInt()).isPositive();
    for (JsonNode fill : json.get("fills")) {
      assertThat(fill.get("differenceBps").asDouble()).as(fill.toString()).isZero();
      assertThat(fill.get("feeDifference").asText()).as(fill.toString()).isEqualTo("0");
    }
    assertThat(json.get("fillsWithoutPlan")).isEmpty();
    assertThat(json.at("/equity/largest/difference").asDouble()).isZero();
  }

  /** Which of several fills of a step was an account's last is chance on a broker. */
  private static Map<String, String> withoutTheLastFill(JsonNode hash) {
    Map<String, String> tables = new HashMap<>();
    hash.get("tables")
        .properties()
        .forEach(table -> tables.put(table.getKey(), table.getValue().asText()));
    tables.remove("exchange-account-store");
    tables.remove(Topic.EXCHANGE_ACCOUNT.topicName());
    return tables;
  }

  private static void awaitSaid(House.Started command, String sentence)
      throws InterruptedException {
    for (int i = 0; i < 600 && !command.err().contains(sentence); i++) {
      assertThat(command.isAlive()).as(command.err()).isTrue();
      Thread.sleep(200);
    }
    assertThat(command.err()).contains(sentence);
  }

  private void assertAlike(JsonNode replayed, JsonNode onBroker) throws IOException {
    ObjectNode both = replayed.deepCopy();
    assertThat(both.get("unreadable").asLong()).isZero();
    both.remove(List.of("stateHash", "stateHashes", "unreadable"));
    for (String other : List.of("redisKeys", "eventsPerSecond")) {
      both.set(other, onBroker.get(other));
    }
    assertThat(both).isEqualTo(onBroker);
    long unused = Dumps.assertAlike(house.file("replayed"), house.file("dump"));
    assertThat(onBroker.get("fills").asLong()).as("there is something to compare").isPositive();
  }

  private House.Run typed(String command) throws Exception {
    House.Run run = house.run(command);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  static String intentOfTheReadme() throws IOException {
    return Files.readAllLines(Path.of("..", "README.md")).stream()
        .filter(line -> line.startsWith("{\"intentId\""))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the rows of a summary for people, by their names. */
  private static Map<String, String> rows(String summary) {
    Map<String, String> rows = new HashMap<>();
    Matcher row = ROW.matcher("");
    summary
        .lines()
        .filter(line -> row.reset(line).matches())
        .forEach(line -> rows.put(row.group(1).strip(), row.group(2)));
    return rows;
  }

  /** Returns the rows that a run without the README's intent must have. */
  private static Map<String, String> withoutTheIntentByHand(JsonNode summary) {
    Map<String, Long> counts = new HashMap<>();
    counts.put("candles", summary.get("candles").asLong());
    counts.put("market states", summary.get("marketStates").asLong());
    counts.put("intents", summary.get("intents").asLong() - 1);
    counts.put("became plans", summary.get("intentPlans").asLong());
    counts.put("denied", sum(summary.get("denials")) - 1);
    summary
        .get("denials")
        .properties()
        .forEach(code -> counts.put(code.getKey(), code.getValue().asLong()));
    assertThat(counts.remove("INTENT_EXPIRED")).isEqualTo(1);
    counts.put("exit plans", summary.get("exitPlans").asLong());
    counts.put("dead letters", summary.get("deadLetters").asLong());
    counts.put("fills", summary.get("fills").asLong());
    counts.put("closing", sum(summary.get("closes")));
    Map<String, String> rows = new HashMap<>();
    counts.forEach((name, count) -> rows.put(name, String.format(Locale.ROOT, "%,d", count)));
    rows.put("equity", grouped(summary, "equityStart") + " -> " + grouped(summary, "equityEnd"));
    rows.put("realised profit", grouped(summary, "realizedPnl"));
    rows.put("unrealised profit", grouped(summary, "unrealizedPnl"));
    rows.put("fees", grouped(summary, "fees"));
    return rows;
  }

  private static String grouped(JsonNode summary, String name) {
    return String.format(Locale.ROOT, "%,.2f", cents(summary, name));
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

  /** Writes generated candles and returns how many. */
  static long writeCandles(Path file, int steps) throws IOException {
    GeneratedMarket market = new GeneratedMarket(GeneratedMarketSettings.withSeed(7));
    List<Candle> candles = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      candles.addAll(market.next(BEGIN_MS + step * MINUTE, MINUTE).candles());
    }
    write(file, candles);
    return candles.size();
  }

  /** Writes candles as a file that is replayed. */
  static void write(Path file, List<Candle> candles) throws IOException {
    try (PrintWriter out =
        new PrintWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), false, StandardCharsets.UTF_8)) {
      out.println("open_time_ms,symbol,open,high,low,close,volume");
      for (Candle candle : candles) {
        out.println(
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
