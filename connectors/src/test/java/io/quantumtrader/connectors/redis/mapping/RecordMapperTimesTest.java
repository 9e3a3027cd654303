package io.quantumtrader.connectors.redis.mapping;

import static io.quantumtrader.connectors.redis.Records.TIME_MS;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.NOW_MS;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.mapper;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.record;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.topic;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.words;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.connectors.redis.Records;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted from the time of a record, or from now. */
class RecordMapperTimesTest {

  @ParameterizedTest
  @CsvSource({"record, 1699999940000", "wall, 1699999945000"})
  void shouldTrimAStreamByAge(String reference, String oldest) {
    String command =
        """
        {"command": "XADD", "key": "s", "maxage": 60,
         "fields": [{"name": "id", "constant": "A"}]}
        """;

    assertThat(
            words(
                mapper(topic(command, "ignore"), ExpiryReference.ofSetting(reference))
                    .writes(record("k", Map.of()), NOW_MS)))
        .containsExactly(List.of("XADD", "p:s", "MINID", "~", oldest, "*", "id", "A"));
  }

  @ParameterizedTest
  @CsvSource({
    // reference, expires after the record's time, written with this TTL
    "record, 60000, 60",
    "record, 1, PX 1",
    "record, 0, ",
    "record, -1, ",
    "wall, 60000, 55",
    "wall, 5001, PX 1",
    "wall, 5000, ",
    "wall, 4000, "
  })
  void shouldCountAnAbsoluteExpiryFromItsReference(
      String reference, long expiresAfterMs, String expected) {
    // given
    String command =
        """
        {"command": "SET", "key": "s", "constant": "1", "ttl": {"at": "value.expires"}},
        {"command": "HSET", "key": "h", "ttl": {"seconds": 60, "from": "value.expires - 60000"},
         "fields": [{"name": "a", "constant": "1"}]}
        """;

    // when
    List<List<String>> writes =
        words(
            mapper(topic(command, "ignore"), ExpiryReference.ofSetting(reference))
                .writes(record("k", Map.of("expires", TIME_MS + expiresAfterMs)), NOW_MS));

    // then
    if (expected == null) {
      assertThat(writes).containsExactly(List.of("DEL", "p:s"), List.of("DEL", "p:h"));
    } else if (expected.startsWith("PX ")) {
      String millis = expected.substring(3);
      assertThat(writes)
          .contains(List.of("SET", "p:s", "1", "PX", millis), List.of("PEXPIRE", "p:h", millis));
    } else {
      assertThat(writes)
          .contains(List.of("SET", "p:s", "1", "EX", expected), List.of("EXPIRE", "p:h", expected));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "'command': 'HSET', 'fields': [{'name': 'a', 'constant': '1'}] # delete # DEL p:k",
        "'command': 'HSET', 'replace': false, 'fields': [{'name': 'a', 'constant': '1'}]"
            + " # delete # DEL p:k",
        "'command': 'SET', 'constant': '1' # delete # DEL p:k",
        "'command': 'SET', 'constant': '1', 'ifAbsent': true # delete # ''",
        "'command': 'JSON', 'fields': [{'name': 'a', 'constant': '1'}] # delete # DEL p:k",
        "'command': 'SADD', 'members': 'key' # delete # DEL p:k",
        "'command': 'ZADD', 'member': 'key', 'score': '1' # delete # DEL p:k",
        "'command': 'RPUSH', 'values': 'key' # delete # DEL p:k",
        "'command': 'HSET', 'fields': [{'name': 'a', 'constant': '1'}] # ignore # ''",
        "'command': 'SET', 'constant': '1' # ignore # ''",
        "'command': 'LPUSH', 'values': 'key' # ignore # ''"
      })
  void shouldDeleteWhatALapsedRecordWouldHaveReplacedUnlessToldOtherwise(
      String command, String lapsed, String expected) {
    for (String ttl :
        List.of("{'at': '%s'", "{'seconds': '-1', 'from': '%s'", "{'seconds': '%s - %1$s'")) {
      String whole =
          "{%s, 'key': 'k', 'ttl': %s, 'lapsed': '%s'}}"
              .formatted(command, ttl.formatted(TIME_MS), lapsed);

      List<List<String>> writes = MappedRecords.writes(whole.replace('\'', '"'), Map.of());

      assertThat(writes.stream().map(words -> String.join(" ", words)))
          .as(whole)
          .isEqualTo(expected.equals("''") ? List.of() : List.of(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({"30, EX 30", "1.5, PX 1500", "0, DEL", "-1, DEL"})
  void shouldTakeASecondsTextOfAHeaderForTheNumberItSpells(String seconds, String expected) {
    String command =
        "{\"command\": \"SET\", \"key\": \"s\", \"constant\": \"1\","
            + " \"ttl\": \"header['redis.key.ttl']\"}";
    SinkRecord record = record("k", Map.of());
    record.headers().addString("redis.key.ttl", seconds);

    List<List<String>> writes =
        words(mapper(topic(command, "ignore"), ExpiryReference.WALL).writes(record, NOW_MS));

    assertThat(String.join(" ", writes.getFirst())).contains(expected);
  }

  @Test
  void shouldNeedTheRecordsTimeOnlyForExpiriesCountedFromIt() {
    String command =
        "{\"command\": \"SET\", \"key\": \"s\", \"constant\": \"1\", \"ttl\": {\"at\": \"1000\"}}";
    SinkRecord record = Records.withoutTime(Map.of());

    assertThat(mapper(topic(command, "ignore"), ExpiryReference.WALL).writes(record, 0)).hasSize(1);
    RecordMapper byRecord = mapper(topic(command, "ignore"), ExpiryReference.RECORD);
    assertThatThrownBy(() -> byRecord.writes(record, 0))
        .hasMessage("for key \"s\": an expiry needs the record's timestamp, but it has none");
  }
}
