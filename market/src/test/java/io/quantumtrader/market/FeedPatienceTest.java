package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FeedPatienceTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private FeedPatience patience;

  @AfterEach
  void close() {
    patience.close();
  }

  @Test
  void shouldSayNothingWhereNothingTakesLong() {
    patience = new FeedPatience(lines::add, Duration.ofHours(1));
    for (int i = 0; i < 10; i++) {
      patience.during(() -> {});
    }
    patience.during(() -> assertThat(patience.trouble()).isEmpty());
    assertThat(lines).isEmpty();
    assertThat(patience.trouble()).isEmpty();
  }

  @Test
  void shouldReportAnOutageOnceAndItsEndOnce() throws Exception {
    patience = new FeedPatience(lines::add, Duration.ofMillis(20));
    CountDownLatch back = new CountDownLatch(1);
    Thread feed = new Thread(() -> patience.during(() -> join(back)));
    feed.start();

    await().atMost(SOON).until(() -> lines.size() == 1);
    assertThat(patience.trouble())
        .hasValueSatisfying(why -> assertThat(why).startsWith("the broker does not accept"));
    Thread.sleep(1_200); // more looks do not say it again
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).startsWith("the feed is waiting: the broker does not accept");
    back.countDown();
    feed.join();

    assertThat(lines).hasSize(2);
    assertThat(lines.getLast()).startsWith("the feed continues after ");
    assertThat(patience.trouble()).isEmpty();
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
