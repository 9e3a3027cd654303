package io.quantumtrader.connectors.redis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedisSourceConfigTest {

  private static Map<String, String> settings(String mapping) {
    return new HashMap<>(
        Map.of("redis.uri", "redis://localhost", "redis.password", "secret", "mapping", mapping));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|neither streams nor keys",
        "nonsense|cannot be read",
        "{'streams':[{'stream':'a'}]}|topic is missing",
        "{'streams':[{'stream':'a','topic':'t','typo':1}]}|typo",
        "{'streams':[{'stream':'a','topic':'t'},{'stream':'a','topic':'u'}]}|twice",
        "{'streams':[{'stream':'a','topic':'t','fields':[{'name':'n','type':'date'}]}]}|date",
        "{'streams':[{'stream':'a','topic':'t','reader':'no.Such'}]}|no.Such",
        "{'keys':[{'keys':['k'],'topic':'t'}]}|reader is missing"
      })
  void shouldSayWhatIsWrongWithAMapping(String mapping, String message) {
    assertThatThrownBy(() -> new RedisSourceConfig(settings(mapping.replace('\'', '"'))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldShareStreamsOutAndHideThePassword() {
    // given
    RedisSourceConnector connector = new RedisSourceConnector();
    String mapping =
        "{\"streams\":[{\"stream\":\"a\",\"topic\":\"t\"},{\"stream\":\"b\",\"topic\":\"t\"},"
            + "{\"stream\":\"c\",\"topic\":\"t\"}]}";
    connector.start(settings(mapping));

    // when
    List<Map<String, String>> tasks = connector.taskConfigs(2);

    // then
    assertThat(tasks).extracting(task -> task.get("task.parts")).containsExactly("0,2", "1");
    assertThat(new RedisSourceConfig(tasks.get(0)).parts()).containsExactly(0, 2);
    assertThat(connector.taskConfigs(9)).hasSize(3);
    assertThat(new RedisSourceConfig(tasks.get(0)).values().toString()).doesNotContain("secret");
    assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
  }

  @Test
  void shouldReadTheRangesThatItWrote() {
    SentRanges ranges = SentRanges.parse("1-0..5-3,7-0");

    assertThat(ranges).hasToString("1-0..5-3,7-0");
    assertThat(ranges.contains(new StreamId(5, 3))).isTrue();
    assertThat(ranges.contains(new StreamId(5, 4))).isFalse();
    assertThat(SentRanges.parse("").ranges()).isEmpty();
  }
}
