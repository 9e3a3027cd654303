package io.quantumtrader.compose.real;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One pipeline, broken in one way after the other: each time the console names what is broken and
 * nothing else, and is content again when it is mended.
 */
@Tag("real")
final class BrokenSituationsTest {

  @TempDir private Path directory;

  private BrokenPipeline pipeline;
  private boolean failed;

  @BeforeEach
  void start() throws Exception {
    pipeline = new BrokenPipeline(directory);
  }

  @AfterEach
  void close() throws Exception {
    pipeline.close();
  }

  /** Those of the market come first: in the first one it begins. */
  static List<Situation> all() {
    List<Situation> all = new ArrayList<>();
    all.addAll(MarketSituations.all());
    all.addAll(MoneySituations.all());
    all.addAll(FlowSituations.all());
    all.addAll(ExchangeSituations.all());
    all.addAll(ServerSituations.all());
    all.addAll(MemorySituation.all());
    return all;
  }

  @TestFactory
  Stream<DynamicTest> shouldNameWhatIsBrokenAndNothingElse() {
    return all().stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> play(each)));
  }

  /** What comes after a failure would fail for what the failure left. */
  private void play(Situation situation) throws Exception {
    Assumptions.assumeFalse(failed, "an earlier situation was not mended");
    long begin = System.nanoTime();
    try {
      situation.play().on(pipeline);
      pipeline.awaitWell();
    } catch (Exception | AssertionError e) {
      failed = true;
      throw e;
    } finally {
      System.out.printf("%s: %.1f s%n", situation.name(), (System.nanoTime() - begin) / 1e9);
    }
  }
}
