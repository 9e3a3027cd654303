package io.quantumtrader.market.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DrainTest {

  private static final Pipeline PIPELINE =
      new Pipeline(Map.of("first", Set.of("in"), "second", Set.of("between")), Set.of("out"));

  private final FakeOffsets offsets =
      new FakeOffsets()
          .end("in", 0, 5)
          .end("in", 1, 0)
          .end("between", 0, 7)
          .end("out", 0, 9)
          .commit("first", "in", 0, 5)
          .commit("second", "between", 0, 7);
  private final AtomicBoolean tablesCurrent = new AtomicBoolean(true);
  private final Drain drain = new Drain(PIPELINE, offsets, tablesCurrent::get);

  @Test
  void shouldBeDrainedWhereEveryGroupIsAtTheEnd() throws InterruptedException {
    // A partition that was never written has no committed offset, and needs none.
    assertThat(drain.look()).isEmpty();
  }

  @Test
  void shouldNameTheGroupThatLagsAndByHowMuch() throws InterruptedException {
    offsets.end("between", 0, 10);

    assertThat(drain.look()).hasToString("[second is 3 behind in between-0 (committed 7, end 10)]");
  }

  @Test
  void shouldCountFromZeroWhereAGroupHasNeverCommitted() throws InterruptedException {
    offsets.end("in", 1, 2);

    assertThat(drain.look()).hasToString("[first is 2 behind in in-1 (committed 0, end 2)]");
  }

  @Test
  void shouldNotBeDrainedWhereAGroupIsNotThereYet() throws InterruptedException {
    Drain withThird = new Drain(PIPELINE.with("third", Set.of("in")), offsets, () -> true);

    assertThat(withThird.look()).hasToString("[third is 5 behind in in-0 (committed 0, end 5)]");
  }

  @Test
  void shouldNotBeDrainedWhileATransactionIsOpenInATopicThatNobodyReads()
      throws InterruptedException {
    offsets.open("out", 0, 8);

    assertThat(drain.look()).hasToString("[a transaction is open in out-0 (stable 8, end 9)]");
  }

  @Test
  void shouldNotBeDrainedByRecordsOfAnOpenTransactionInATopicThatIsRead()
      throws InterruptedException {
    // The reader stands before them and cannot go on: its position is the stable end.
    offsets.end("between", 0, 8).open("between", 0, 7);

    assertThat(drain.look()).hasToString("[second is 1 behind in between-0 (committed 7, end 8)]");
  }

  @Test
  void shouldSeeWhatAStageWritesBetweenTheReadings() throws InterruptedException {
    // The first stage is done, and has written on, just after the first of the two readings. Were
    // ends read first, every group would seem to be at the end.
    offsets.commit("first", "in", 0, 4);
    offsets.onceAfterNextReading(() -> offsets.commit("first", "in", 0, 5).end("between", 0, 8));

    assertThat(drain.look()).isNotEmpty();
    assertThat(drain.look()).hasToString("[second is 1 behind in between-0 (committed 7, end 8)]");
  }

  @Test
  void shouldLookAgainWhereATransactionEndsBetweenTheReadings() throws InterruptedException {
    offsets.open("out", 0, 8);
    offsets.onceBeforeStable(() -> offsets.end("out", 0, 10));

    assertThat(drain.look()).hasToString("[a transaction is open in out-0 (stable 10, end 9)]");
    assertThat(drain.look()).isEmpty();
  }

  @Test
  void shouldAskTheTablesLast() throws InterruptedException {
    tablesCurrent.set(false);
    AtomicInteger asked = new AtomicInteger();
    Drain counting =
        new Drain(
            PIPELINE,
            offsets,
            () -> {
              asked.incrementAndGet();
              return tablesCurrent.get();
            });

    offsets.end("in", 0, 6);
    assertThat(counting.look()).hasSize(1);
    assertThat(asked).hasValue(0);

    offsets.end("in", 0, 5);
    assertThat(counting.look()).containsExactly(new Outstanding.TablesBehind());

    tablesCurrent.set(true);
    assertThat(counting.look()).isEmpty();
  }

  @Test
  void shouldNameATopicThatIsMissing() throws InterruptedException {
    Drain more =
        new Drain(PIPELINE.with("first", Set.of("in", "repartition")), offsets, () -> true);

    assertThat(more.look()).hasToString("[topic repartition does not exist]");
  }

  @Test
  void shouldPassOverAGapThatHoldsOnlyMarksButNotTheNextOne() throws InterruptedException {
    offsets.end("between", 0, 8).marksOnly("between", 0);
    List<Outstanding> gap = drain.look();

    drain.passOverMarks(gap);
    assertThat(drain.look()).isEmpty();

    offsets.end("between", 0, 9);
    assertThat(drain.look()).hasToString("[second is 2 behind in between-0 (committed 7, end 9)]");
  }

  @Test
  void shouldNotPassOverAGapWithRecords() throws InterruptedException {
    offsets.end("between", 0, 8);

    drain.passOverMarks(drain.look());

    assertThat(drain.look()).hasSize(1);
  }
}
