package io.quantumtrader.connectors.redis.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.net.ConnectException;
import java.time.Duration;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFailuresTest {

  private static final RedisEndpoint ENDPOINT =
      new RedisEndpoint("redis://redis.example", "user", "secret-word", Duration.ofSeconds(1));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OOM command not allowed when used memory > 'maxmemory'.",
        "READONLY You can't write against a read only replica.",
        "LOADING Redis is loading the dataset in memory",
        "BUSY Redis is busy running a script.",
        "MASTERDOWN Link with MASTER is down",
        "CLUSTERDOWN The cluster is down",
        "NOREPLICAS Not enough good replicas to write.",
        "MISCONF Redis is configured to save RDB snapshots",
        "MOVED 3999 127.0.0.1:6381",
        "ASK 3999 127.0.0.1:6381",
        "TRYAGAIN Multiple keys request during rehashing of slot",
        "NOSCRIPT No matching script.",
        "EXECABORT Transaction discarded because of previous errors.",
        "ERR max number of clients reached"
      })
  void shouldWaitForWhatPasses(String reply) {
    assertThat(RedisFailures.translate(ENDPOINT, new RedisCommandExecutionException(reply)))
        .isInstanceOf(RetriableException.class)
        .hasMessage("Redis at redis.example:6379 refuses: " + reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOAUTH Authentication required.",
        "WRONGPASS invalid username-password pair or user is disabled.",
        "NOPERM this user has no permissions to run the 'xadd' command"
      })
  void shouldEndOnWhatAPasswordOrAPermissionMends(String reply) {
    assertThat(RedisFailures.translate(ENDPOINT, new RedisCommandExecutionException(reply)))
        .isNotInstanceOf(RetriableException.class)
        .hasMessageContaining(reply)
        .hasMessageEndingWith("check redis.username, redis.password and what the user may do")
        .hasMessageNotContaining("secret-word");
  }

  @Test
  void shouldEndOnWhatNothingMends() {
    assertThat(
            RedisFailures.translate(
                ENDPOINT, new RedisCommandExecutionException("ERR unknown command 'XADD'")))
        .isNotInstanceOf(RetriableException.class)
        .hasMessage("Redis at redis.example:6379 refuses: ERR unknown command 'XADD'");
  }

  @Test
  void shouldSayWhyRedisCannotBeReached() {
    assertThat(
            RedisFailures.translate(
                ENDPOINT,
                new RedisConnectionException("x", new ConnectException("Connection refused"))))
        .isInstanceOf(RetriableException.class)
        .hasMessage("Redis at redis.example:6379 cannot be reached: Connection refused");
  }
}
