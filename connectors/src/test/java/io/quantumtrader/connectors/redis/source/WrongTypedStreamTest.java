package io.quantumtrader.connectors.redis.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.connectors.redis.RealRedis;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that should hold a stream and holds something else, on a real Redis. */
@Tag("real")
final class WrongTypedStreamTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldStopAStreamWhoseKeyHoldsSomethingElseAndNotTheOthers(boolean fromTheStart)
      throws Exception {
    // given
    if (fromTheStart) {
      REDIS.commands().set("q:orders", "text");
    }
    SourceHarness worker = new SourceHarness(RedisSourceTaskTest.settings(REDIS)).start();
    worker.drain();
    REDIS.commands().set("q:orders", "text");

    // when
    String trade = REDIS.commands().xadd("q:trades", "symbol", "BTC", "price", "1.5");
    worker.drain();

    // then
    assertThat(RedisSourceTaskTest.ids(worker.topic())).containsExactly(trade);
    assertThat(waitingFor())
        .isEqualTo(
            "no stream in key q:orders: nothing is read from there until it is deleted or holds one");

    // when it is mended
    REDIS.commands().del("q:orders");
    String order = REDIS.commands().xadd("q:orders", "n", "1");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (worker.topic().size() < 2 && System.nanoTime() < end) {
      worker.drain();
    }
    String after = waitingFor();
    worker.stop();

    // then
    assertThat(RedisSourceTaskTest.ids(worker.topic())).containsExactly(trade, order);
    assertThat(after).isEmpty();
  }

  private static String waitingFor() throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(
                    "io.quantumtrader.connectors.redis:type=source,connector=\"source\",task=\"all\""),
                "WaitingFor");
  }
}
