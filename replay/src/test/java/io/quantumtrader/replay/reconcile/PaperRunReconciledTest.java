package io.quantumtrader.replay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.market.CandleFile;
import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.replay.run.CandleRun;
import io.quantumtrader.replay.run.Candles;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.replay.run.PipelineSetup;
import io.quantumtrader.replay.run.TwoAccounts;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.time.Stop;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A pipeline on the paper exchange differs from the model by nothing, whatever its costs. */
final class PaperRunReconciledTest {

  private static final Set<Topic> TAKEN =
      Stream.concat(TradedRecords.TOPICS.stream(), Stream.of(Topic.MARK, Topic.CLOCK))
          .collect(Collectors.toSet());

  @TempDir private Path directory;

  /** A record as it was appended. */
  private record Appended(TopicPartition partition, LogEntry entry) {}

  /** Costs, and how many minutes are played: funding is due after 480. */
  static List<Arguments> exchanges() {
    PaperSettings plain = PaperSettings.DEFAULT.withAccounts(List.of("main", TwoAccounts.OTHER));
    PaperSettings funded =
        plain
            .withCosts(BigDecimal.valueOf(7), new BigDecimal("0.001"))
            .withFundingRate(new BigDecimal("0.0003"));
    return List.of(
        Arguments.of(funded, 510), Arguments.of(plain.withLatencyMs(30_000), TwoAccounts.MINUTES));
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void shouldDifferByNothingFromAPaperExchangeOfTheSameCosts(PaperSettings paper, int minutes)
      throws Exception {
    TradedRecords records = new TradedRecords();
    long[] clockMs = new long[] {0};
    run(paper, minutes, records, clockMs);

    ReconcileReport report = Reconciliation.of(records, paper, 0, clockMs[0]);

    assertThat(report.fills()).hasSizeGreaterThan(20).allMatch(each -> each.seen());
    assertThat(report.fills()).anyMatch(each -> each.origin() == ResultOrigin.STOP);
    assertThat(report.fills()).allMatch(each -> each.slippageBps() == 0);
    assertThat(report.fills()).allMatch(each -> each.feeDifference().signum() == 0);
    assertThat(report.strays()).isEmpty();
    assertThat(report.wallets()).isEmpty();
    assertThat(report.all().funding().compareTo(report.all().modelFunding())).isZero();
    assertThat(report.all().funding().signum() == 0).isEqualTo(paper.fundingRate().signum() == 0);
    assertThat(report.equity().points())
        .hasSizeGreaterThan(100)
        .allMatch(point -> point.difference() == 0);
  }

  private void run(PaperSettings paper, int minutes, TradedRecords records, long[] clockMs)
      throws Exception {
    PipelineSetup two = TwoAccounts.setup(List.of());
    PipelineSetup setup =
        new PipelineSetup(
            two.counts(), paper, two.agent(), two.policies(), two.controls(), two.beginMs());
    List<Appended> all = new ArrayList<>();
    try (MemoryPipeline pipeline =
        new MemoryPipeline(setup, (at, entry) -> all.add(new Appended(at, entry)))) {
      CandleFile candles = Candles.generated(directory, 7, minutes);
      CandleRun.play(pipeline, candles, TwoAccounts.intents(), new Stop(), progress -> {});
      TopicValues values = new TopicValues(pipeline.serdes());
      for (Appended each : all) {
        Topic.named(each.partition().topic())
            .filter(TAKEN::contains)
            .flatMap(topic -> values.read(topic, each.entry().value()))
            .ifPresent(
                value -> {
                  records.accept(value);
                  clockMs[0] = value instanceof Clock clock ? clock.getNowMs() : clockMs[0];
                });
      }
    }
  }
}
