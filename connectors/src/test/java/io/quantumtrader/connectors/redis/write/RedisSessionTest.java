package io.quantumtrader.connectors.redis.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.connectors.redis.RealRedis;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("real")
class RedisSessionTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final List<RedisWrite> SET_A = List.of(RedisWrite.of("SET", "a", "1"));

  private RedisClients clients;
  private RedisSession session;

  @BeforeEach
  void open() {
    clients = new RedisClients(TIMEOUT);
    session = clients.open(new RedisEndpoint(REDIS.uri(), "", "", TIMEOUT));
  }

  @AfterEach
  void close() {
    session.close();
    clients.close();
  }

  @Test
  void shouldRunCommandsInOneTransactionAndReadWhatIsWatchedNext() {
    RedisSession.Executed executed =
        session.execute(
            List.of(
                RedisWrite.of("SET", "a", "\u2192"),
                RedisWrite.of("HSET", "a", "f", "1"),
                RedisWrite.of("SADD", "b", "x", "y"),
                RedisWrite.of("XADD", "c", "MAXLEN", "~", "10", "*", "f", "1")),
            List.of("a", "none"));

    assertThat(executed.done()).isTrue();
    assertThat(executed.errors())
        .containsExactly(
            null, "WRONGTYPE Operation against a key holding the wrong kind of value", null, null);
    assertThat(executed.watched()).containsExactly("\u2192", null);
    assertThat(REDIS.commands().scard("b")).isEqualTo(2);
    assertThat(REDIS.commands().xlen("c")).isEqualTo(1);
  }

  @Test
  void shouldDoNothingWhenAWatchedKeyHasChanged() {
    // given
    REDIS.commands().set("fence", "5");
    assertThat(session.watch(List.of("fence"))).containsExactly("5");
    assertThat(session.watch(List.of("none"))).containsExactly((String) null);

    // when
    REDIS.commands().set("fence", "6");
    RedisSession.Executed refused = session.execute(SET_A, List.of("fence"));

    // then
    assertThat(refused.done()).isFalse();
    assertThat(refused.watched()).containsExactly("6");
    assertThat(REDIS.commands().exists("a")).isZero();
    assertThat(session.execute(SET_A, List.of("fence")).done()).isTrue();
  }

  @Test
  void shouldWatchAnewWithEachTransaction() {
    // given
    session.execute(SET_A, List.of("fence"));

    // when
    REDIS.commands().set("fence", "6");

    // then
    assertThat(session.execute(SET_A, List.of("fence")).done()).isFalse();
  }

  @Test
  void shouldSayWhyATransactionIsRefusedAsAWhole() {
    assertThatThrownBy(() -> session.execute(List.of(RedisWrite.of("SET", "a")), List.of("fence")))
        .isInstanceOf(ConnectException.class)
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining("wrong number of arguments for 'set' command");
  }

  @Test
  void shouldShowCommandAndKeyOnly() {
    assertThat(RedisWrite.of("SET", "a", "secret")).hasToString("SET a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://user:secret-word@localhost:6379",
        "redis://:secret-word@localhost:6379",
        "redis://secret-word@localhost:6379",
        "secret-word",
        "http://secret-word:6379",
        "redis:///secret-word"
      })
  void shouldRefuseUrisWithoutRepeatingThem(String uri) {
    assertThatThrownBy(() -> RedisEndpoint.check(uri))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("secret-word");
  }

  @Test
  void shouldShowNoPassword() {
    RedisEndpoint endpoint =
        new RedisEndpoint("rediss://localhost:6379/2", "user", "secret-word", TIMEOUT);

    assertThat(endpoint).hasToString("localhost:6379");
    assertThat(endpoint.toUri().isSsl()).isTrue();
    assertThat(endpoint.toUri().getDatabase()).isEqualTo(2);
    assertThat(endpoint.toUri().toString()).doesNotContain("secret-word");
  }
}
