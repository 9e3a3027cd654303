package io.quantumtrader.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PatienceTest {

  private static final long SECOND = 1_000_000_000;

  private final List<String> said = new ArrayList<>();
  private long now;

  /** A part that moves until a second, and is ready at another; -1: never. */
  private final class Scripted implements StartProgress {
    private final long movesUntil;
    private final long readyAt;
    private Optional<Throwable> failure = Optional.empty();

    private Scripted(long movesUntil, long readyAt) {
      this.movesUntil = movesUntil;
      this.readyAt = readyAt;
    }

    @Override
    public boolean isReady() {
      return readyAt >= 0 && now >= readyAt * SECOND;
    }

    @Override
    public Optional<Throwable> failure() {
      return failure;
    }

    @Override
    public String where() {
      return "restored " + Math.min(now / SECOND, movesUntil);
    }
  }

  private Patience patience() {
    return new Patience(Duration.ofSeconds(60), said::add, () -> now, () -> now += SECOND);
  }

  @Test
  void shouldWaitAsLongAsItMovesHoweverLongThatTakes() throws Exception {
    patience().await("the stages", new Scripted(1_000, 1_010));

    assertThat(now).isEqualTo(1_010 * SECOND);
    assertThat(said).hasSizeBetween(80, 101);
    assertThat(said.getFirst()).startsWith("  waiting for the stages: restored 1");
  }

  @Test
  void shouldWaitTheWholeTimeWhereItStandsStill() throws Exception {
    patience().await("the stages", new Scripted(5, 65));

    assertThat(now).isEqualTo(65 * SECOND);
  }

  @Test
  void shouldGiveUpWhereNothingMovesAndSayWhereItStands() {
    assertThatThrownBy(() -> patience().await("the stages", new Scripted(5, -1)))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the stages did not start: nothing has moved for 60 s (restored 5)");
    assertThat(now).isEqualTo(66 * SECOND);
  }

  @Test
  void shouldSayAtOnceWhyItFailed() {
    Scripted failing = new Scripted(0, -1);
    failing.failure = Optional.of(new IllegalStateException("no topic"));

    assertThatThrownBy(() -> patience().await("the executor", failing))
        .hasMessage("the executor did not start: no topic");
    assertThat(now).isZero();
  }
}
