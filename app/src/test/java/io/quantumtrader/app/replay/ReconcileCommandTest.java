package io.quantumtrader.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.replay.record.Manifest;
import io.quantumtrader.replay.record.RecordedRecord;
import io.quantumtrader.replay.record.Recording;
import io.quantumtrader.replay.record.RecordingWriter;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recording of paper trading left the model by. */
final class ReconcileCommandTest {

  @TempDir private static Path directory;
  private static Path recording;

  @BeforeAll
  static void record() throws Exception {
    recording = directory.resolve("monday");
    Recordings.write(recording, PaperSettings.DEFAULT, Long.MIN_VALUE);
  }

  private static CommandRun reconcile(Path of, Object... more) {
    Object[] words = new Object[more.length + 3];
    words[0] = "replay";
    words[1] = of;
    words[2] = "--reconcile";
    System.arraycopy(more, 0, words, 3, more.length);
    return CommandRun.of(words);
  }

  private static JsonNode json(CommandRun run) throws Exception {
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void shouldDifferByNothingWhereThePaperExchangeTraded() throws Exception {
    JsonNode json = json(reconcile(recording, "--json"));

    assertThat(json.at("/all/fills").asInt()).isPositive();
    assertThat(json.at("/all/worstBps").asDouble()).isZero();
    assertThat(json.at("/all/slippageDifference").asText()).isEqualTo("0");
    assertThat(json.at("/all/feeDifference").asText()).isEqualTo("0");
    assertThat(json.at("/equity/largest/difference").asDouble()).isZero();
    assertThat(json.at("/equity/steps").asInt()).isPositive();
    assertThat(json.at("/fillsWithoutPlan")).isEmpty();
  }

  @Test
  void shouldNameTheFillThatWasAnother() throws Exception {
    Path doctored = directory.resolve("doctored");
    ApplyResult changed = doctor(doctored, new BigDecimal("1.01"));

    CommandRun run = reconcile(doctored);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out().lines().dropWhile(line -> !line.startsWith("fills of plans")).skip(1))
        .first()
        .asString()
        .contains(changed.getPlanId(), changed.getSymbol());
    JsonNode json = json(reconcile(doctored, "--json"));
    BigDecimal difference =
        changed
            .getFill()
            .getPrice()
            .subtract(changed.getFill().getPrice().divide(new BigDecimal("1.01")))
            .multiply(changed.getFill().getQuantity())
            .abs();
    assertThat(new BigDecimal(json.at("/all/slippageDifference").asText()).abs())
        .isEqualByComparingTo(difference);
    assertThat(Math.abs(json.at("/equity/end/difference").asDouble()))
        .isEqualTo(difference.doubleValue());
  }

  /** Copies the recording with the price of its first fill for a plan changed, and returns that. */
  private static ApplyResult doctor(Path to, BigDecimal factor) throws Exception {
    Recording whole = Recording.open(recording);
    ApplyResult changed = null;
    try (RecordingWriter writer = new RecordingWriter(to, whole.counts(), "test")) {
      for (Topic topic : Topic.values()) {
        for (RecordedRecord each : whole.read(topic)) {
          Optional<ApplyResult> fill =
              each.value()
                  .filter(ApplyResult.class::isInstance)
                  .map(ApplyResult.class::cast)
                  .filter(result -> result.getOrigin() == ResultOrigin.PLAN)
                  .filter(result -> result.getFill() != null);
          if (changed == null && fill.isPresent()) {
            Fill as = fill.get().getFill();
            Fill other = Fill.newBuilder(as).setPrice(as.getPrice().multiply(factor)).build();
            changed = ApplyResult.newBuilder(fill.get()).setFill(other).build();
            writer.write(with(each, changed));
          } else {
            writer.write(each);
          }
        }
      }
      Manifest unused = writer.finish();
    }
    return changed;
  }

  private static RecordedRecord with(RecordedRecord record, ApplyResult value) {
    return new RecordedRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestampMs(),
        record.key(),
        record.headers(),
        Optional.of(value),
        Optional.empty());
  }

  @Test
  void shouldSayThatNothingWasTradedInThatTime() {
    CommandRun run = reconcile(recording, "--hours", "0.00001");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("nothing was planned or filled").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--hours 0;--hours must be above 0",
        "--set maxPositions=3;--set has no meaning",
        "--live;leave the recording out",
        "--bootstrap-servers localhost:1;--bootstrap-servers has no meaning",
      })
  void shouldRefuseWhatHasNoMeaning(String words, String why) {
    CommandRun run = reconcile(recording, (Object[]) words.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(why).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--reconcile;need a recording",
        "--hours 2;need a recording",
        "--candles x --pipeline y;only --live reads a running pipeline",
      })
  void shouldRefuseWhatReadsNothing(String words, String why) {
    CommandRun run = CommandRun.of((Object[]) ("replay " + words).split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(why).hasLineCount(1);
  }
}
