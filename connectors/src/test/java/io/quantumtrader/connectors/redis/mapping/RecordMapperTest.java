package io.quantumtrader.connectors.redis.mapping;

import static io.quantumtrader.connectors.redis.Records.TIME_MS;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.NOW_MS;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.mapper;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.record;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.tombstoneMapping;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.topic;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.words;
import static io.quantumtrader.connectors.redis.mapping.MappedRecords.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.connectors.redis.Records;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordMapperTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "'value': 'value.nick', 'optional': true # ''",
        "'value': 'value.auth.nick', 'optional': true # ''",
        "'value': 'value.auth.nick.first', 'optional': true # ''",
        "'value': 'value.known.nick', 'optional': true # ''",
        "'value': 'value.tags[3]', 'optional': true # ''",
        "'value': 'upper(value.nick)', 'optional': true # ''",
        "'value': 'nickname', 'optional': true # ''",
        "'value': 'value.none', 'optional': true # ''",
        "'object': [{'name': 'b', 'value': 'value.auth.nick'}], 'optional': true # ''",
        "'value': 'value.nick', 'default': 'x' # nick x",
        "'value': 'value.auth.nick', 'default': 'x', 'optional': true # nick x"
      })
  void shouldLeaveOutAnOptionalFieldThatTheRecordLacks(String field, String expected) {
    String mapping =
        """
        {"define": {"nickname": "value.nick"}, "topics": {"t": {"commands": [
          {"command": "HSET", "key": "u", "replace": false, "fields": [
            {"name": "id", "value": "value.id"}, {"name": "nick", %s}]}]}}}
        """
            .formatted(field.replace('\'', '"'));
    Map<String, Object> value = new HashMap<>();
    value.putAll(Map.of("id", "1", "known", Map.of(), "tags", List.of()));
    value.put("none", null);

    List<List<String>> writes =
        words(mapper(mapping, ExpiryReference.WALL).writes(record("k", value), 0));

    assertThat(String.join(" ", writes.getFirst()))
        .isEqualTo("HSET p:u id 1" + (expected.equals("''") ? "" : " " + expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"value.nick", "value.auth.nick", "value.tags[0]"})
  void shouldStillRefuseARecordThatLacksAFieldThatIsNotOptional(String path) {
    String command =
        "{\"command\": \"HSET\", \"key\": \"u\", \"fields\":"
            + " [{\"name\": \"a\", \"value\": \"%s\"}]}".formatted(path);

    assertThatThrownBy(() -> writes(command, Map.of("tags", List.of())))
        .hasMessageContaining("missing");
  }

  @Test
  void shouldReplaceAHashAndGiveItATimeToLive() {
    // given
    String command =
        """
        {"command": "HSET", "key": "h:${value.id}", "ttl": 60, "fields": [
          {"name": "id", "value": "value.id"},
          {"name": "amount", "value": "value.amount", "format": "pyfloat"},
          {"name": "kind", "constant": "x"}]}
        """;

    // when
    List<List<String>> writes = writes(command, Map.of("id", "A", "amount", 2));

    // then
    assertThat(writes)
        .containsExactly(
            List.of("DEL", "p:h:A"),
            List.of("HSET", "p:h:A", "id", "A", "amount", "2.0", "kind", "x"),
            List.of("EXPIRE", "p:h:A", "60"));
  }

  @Test
  void shouldMergeIntoAHashOnRequest() {
    String command =
        """
        {"command": "HSET", "key": "h", "replace": false,
         "fields": [{"name": "id", "value": "value.id"}]}
        """;

    assertThat(writes(command, Map.of("id", "A")))
        .containsExactly(List.of("HSET", "p:h", "id", "A"));
  }

  @Test
  void shouldWriteTheSameToSeveralKeysFromSharedFields() {
    // given
    String mapping =
        """
        {"define": {"idOfKey": "part(key, ':', 1)"},
         "fields": {"common": [{"name": "id", "value": "idOfKey"}]},
         "topics": {"t": {"define": {"shape": "'s' + idOfKey"}, "commands": [
           {"command": "HSET", "keys": ["a:${idOfKey}", "b:${shape}"], "fields": "common"}]}}}
        """;

    // when
    List<List<String>> writes =
        words(mapper(mapping, ExpiryReference.WALL).writes(record("k:7", Map.of()), NOW_MS));

    // then
    assertThat(writes)
        .containsExactly(
            List.of("DEL", "p:a:7"),
            List.of("HSET", "p:a:7", "id", "7"),
            List.of("DEL", "p:b:s7"),
            List.of("HSET", "p:b:s7", "id", "7"));
  }

  @Test
  void shouldSetTextAndJson() {
    // given
    String commands =
        """
        {"command": "SET", "key": "s", "value": "value.id", "ttl": {"seconds": "value.ttl"}},
        {"command": "SET", "key": "c", "constant": "1"},
        {"command": "SET", "key": "o", "object": [{"name": "id", "value": "value.id"}],
         "style": "compact"},
        {"command": "JSON", "key": "j", "ttl": 0.25, "fields": [
          {"name": "id", "value": "value.id"},
          {"name": "ttl", "value": "value.ttl", "format": "pyfloat"},
          {"name": "text", "value": "value.ttl", "format": "fixed:2", "quoted": true},
          {"name": "none", "constant": null},
          {"name": "yes", "constant": true},
          {"name": "list", "value": "value.list", "format": "json"},
          {"name": "inner", "object": [{"name": "n", "constant": 1.5}]}]}
        """;

    // when
    List<List<String>> writes =
        writes(commands, Map.of("id", "\u00e9", "ttl", 90, "list", List.of("A", "B")));

    // then
    assertThat(writes)
        .containsExactly(
            List.of("SET", "p:s", "\u00e9", "EX", "90"),
            List.of("SET", "p:c", "1"),
            List.of("SET", "p:o", "{\"id\":\"\u00e9\"}"),
            List.of(
                "SET",
                "p:j",
                "{\"id\": \"\\u00e9\", \"ttl\": 90.0, \"text\": \"90.00\", \"none\": null,"
                    + " \"yes\": true, \"list\": [\"A\", \"B\"], \"inner\": {\"n\": 1.5}}",
                "PX",
                "250"));
  }

  @Test
  void shouldAddToStreams() {
    // given
    String commands =
        """
        {"command": "XADD", "key": "s:${value.id}", "maxlen": 1000,
         "fields": [{"name": "id", "value": "value.id"}]},
        {"command": "XADD", "key": "s", "maxlen": 10, "exact": true, "id": "${timestamp}-${offset}",
         "fields": [{"name": "id", "value": "value.id"}]},
        {"command": "XADD", "key": "s", "minid": "timestamp - 1000",
         "fields": [{"name": "id", "value": "value.id"}]}
        """;

    // when
    List<List<String>> writes = writes(commands, Map.of("id", "A"));

    // then
    assertThat(writes)
        .containsExactly(
            List.of("XADD", "p:s:A", "MAXLEN", "~", "1000", "*", "id", "A"),
            List.of("XADD", "p:s", "MAXLEN", "10", TIME_MS + "-0", "id", "A"),
            List.of("XADD", "p:s", "MINID", "~", Long.toString(TIME_MS - 1000), "*", "id", "A"));
  }

  @Test
  void shouldAddToSetsAndDelete() {
    String commands =
        """
        {"command": "SADD", "key": "set", "members": "value.list", "ttl": 10},
        {"command": "SADD", "key": "one", "members": "value.id"},
        {"command": "SADD", "key": "none", "members": "value.empty"},
        {"command": "DEL", "keys": ["a", "b:${value.id}"]}
        """;

    assertThat(writes(commands, Map.of("id", "A", "list", List.of("x", 2), "empty", List.of())))
        .containsExactly(
            List.of("SADD", "p:set", "x", "2"),
            List.of("EXPIRE", "p:set", "10"),
            List.of("SADD", "p:one", "A"),
            List.of("DEL", "p:a", "p:b:A"));
  }

  @Test
  void shouldAddMembersWithScores() {
    String commands =
        """
        {"command": "ZADD", "key": "z", "member": "value.id", "score": "value.n * 2"},
        {"command": "ZADD", "key": "m", "scores": "value.map", "replace": true, "ttl": 10},
        {"command": "ZADD", "key": "e", "scores": "entries(value.none, 'a', 'b')"}
        """;

    assertThat(
            writes(
                commands, Map.of("id", "A", "n", 1.25, "map", Map.of("x", 3), "none", List.of())))
        .containsExactly(
            List.of("ZADD", "p:z", "2.5", "A"),
            List.of("DEL", "p:m"),
            List.of("ZADD", "p:m", "3", "x"),
            List.of("EXPIRE", "p:m", "10"));
  }

  @Test
  void shouldPushToListsAndKeepWhatWasPushedLast() {
    String commands =
        """
        {"command": "LPUSH", "key": "l", "value": "value.id", "maxlen": 3},
        {"command": "RPUSH", "key": "r", "values": "value.list", "maxlen": 3, "ttl": 1.5},
        {"command": "RPUSH", "key": "o", "object": [{"name": "id", "value": "value.id"}]},
        {"command": "RPUSH", "key": "e", "values": "value.empty", "replace": true}
        """;

    assertThat(writes(commands, Map.of("id", "A", "list", List.of("x", 2), "empty", List.of())))
        .containsExactly(
            List.of("LPUSH", "p:l", "A"),
            List.of("LTRIM", "p:l", "0", "2"),
            List.of("RPUSH", "p:r", "x", "2"),
            List.of("LTRIM", "p:r", "-3", "-1"),
            List.of("PEXPIRE", "p:r", "1500"),
            List.of("RPUSH", "p:o", "{\"id\": \"A\"}"),
            List.of("DEL", "p:e"));
  }

  @Test
  void shouldCutALongListIntoCommandsInOrder() {
    List<Integer> items = java.util.stream.IntStream.range(0, 2_500).boxed().toList();

    List<List<String>> writes =
        writes(
            "{\"command\": \"RPUSH\", \"key\": \"r\", \"values\": \"value.list\"}",
            Map.of("list", items));

    assertThat(writes).hasSize(3).allSatisfy(words -> assertThat(words).startsWith("RPUSH", "p:r"));
    assertThat(writes.stream().flatMap(words -> words.stream().skip(2)).map(Integer::valueOf))
        .containsExactlyElementsOf(items);
  }

  @Test
  void shouldPublish() {
    String commands =
        """
        {"command": "PUBLISH", "channel": "c:${value.id}", "value": "offset"},
        {"command": "PUBLISH", "channels": ["a", "b"], "style": "compact",
         "object": [{"name": "id", "value": "value.id"}]}
        """;

    assertThat(writes(commands, Map.of("id", "A")))
        .containsExactly(
            List.of("PUBLISH", "p:c:A", "0"),
            List.of("PUBLISH", "p:a", "{\"id\":\"A\"}"),
            List.of("PUBLISH", "p:b", "{\"id\":\"A\"}"));
  }

  @Test
  void shouldLeaveOutWhatItsConditionDoesNotWant() {
    // given
    String commands =
        """
        {"command": "SET", "key": "a", "constant": "1", "when": "value.kind == 'A'"},
        {"command": "SET", "key": "b", "constant": "1", "when": "value.kind =~ ['B', 'C']"},
        {"command": "HSET", "key": "h", "fields": [
          {"name": "kind", "value": "value.kind"},
          {"name": "a", "constant": "1", "when": "value.kind == 'A'"},
          {"name": "nothing", "value": "value.nothing", "optional": true},
          {"name": "instead", "value": "value.nothing", "default": "None"}]}
        """;
    Map<String, Object> value = new HashMap<>();
    value.put("kind", "B");
    value.put("nothing", null);

    // when
    List<List<String>> writes = writes(commands, value);

    // then
    assertThat(writes)
        .containsExactly(
            List.of("SET", "p:b", "1"),
            List.of("DEL", "p:h"),
            List.of("HSET", "p:h", "kind", "B", "instead", "None"));
  }

  @Test
  void shouldDeleteWhatARecordWroteWhenItIsDeleted() {
    // given
    String mapping =
        topic(
            """
            {"command": "HSET", "keys": ["a:${key}", "b:${key}"], "when": "value.x == 1",
             "fields": [{"name": "id", "value": "value.id"}]},
            {"command": "SET", "key": "c:${key}", "constant": "1"},
            {"command": "XADD", "key": "s:${value.id}", "fields": [{"name": "a", "constant": "1"}]}
            """,
            "delete");

    // when
    List<RedisWrite> writes =
        mapper(mapping, ExpiryReference.WALL).writes(Records.tombstone(0, "K"), NOW_MS);

    // then
    assertThat(words(writes)).containsExactly(List.of("DEL", "p:a:K", "p:b:K", "p:c:K"));
  }

  @Test
  void shouldRunIgnoreOrRejectADeletedRecordAsTheMappingSays() {
    // given
    SinkRecord tombstone = Records.tombstone(0, "K");
    String set = "{\"command\": \"SET\", \"key\": \"c\", \"constant\": \"1\"}";
    String own = "[{\"command\": \"SET\", \"key\": \"gone:${key}\", \"constant\": \"1\"}]";

    // then
    assertThat(words(mapper(tombstoneMapping(set, own), ExpiryReference.WALL).writes(tombstone, 0)))
        .containsExactly(List.of("SET", "p:gone:K", "1"));
    assertThat(mapper(topic(set, "ignore"), ExpiryReference.WALL).writes(tombstone, 0)).isEmpty();
    RecordMapper rejecting = mapper(topic(set, "reject"), ExpiryReference.WALL);
    assertThatThrownBy(() -> rejecting.writes(tombstone, 0))
        .isInstanceOf(DataException.class)
        .hasMessage("the record has no value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"command\": \"HSET\", \"key\": \"h\", \"fields\": [{\"name\": \"a\", \"value\": \"value.b\"}]}"
            + " ~ for key \"h\": field 'a': missing field 'b' in value.b",
        "{\"command\": \"HSET\", \"key\": \"h\", \"fields\": [{\"name\": \"a\", \"value\": \"value.none\"}]}"
            + " ~ for key \"h\": field 'a': its value is null",
        "{\"command\": \"HSET\", \"key\": \"h\", \"fields\": [{\"name\": \"a\", \"value\": \"value.id\","
            + " \"format\": \"pyfloat\"}]} ~ for key \"h\": field 'a': expected a number, got a String",
        "{\"command\": \"HSET\", \"key\": \"h\", \"fields\": [{\"name\": \"a\", \"value\": \"value.none\","
            + " \"optional\": true}]} ~ for key \"h\": no field is left to write",
        "{\"command\": \"SET\", \"key\": \"s\", \"value\": \"value.none\"}"
            + " ~ for key \"s\": its value is null",
        "{\"command\": \"SET\", \"key\": \"${value.none}\", \"constant\": \"1\"}"
            + " ~ for key \"${value.none}\": a part of \"${value.none}\" is null",
        "{\"command\": \"SET\", \"key\": \"s\", \"constant\": \"1\", \"ttl\": {\"at\": \"value.id\"}}"
            + " ~ for key \"s\": expected a number, got a String",
        "{\"command\": \"ZADD\", \"key\": \"z\", \"member\": \"value.id\", \"score\": \"value.id\"}"
            + " ~ for key \"z\": expected a number, got a String",
        "{\"command\": \"ZADD\", \"key\": \"z\", \"scores\": \"value.id\"}"
            + " ~ for key \"z\": expected a map from members to scores, got a String",
        "{\"command\": \"RPUSH\", \"key\": \"l\", \"value\": \"value.none\"}"
            + " ~ for key \"l\": its value is null",
        "{\"command\": \"PUBLISH\", \"channel\": \"c\", \"value\": \"value.none\"}"
            + " ~ for key \"c\": its value is null"
      })
  void shouldSayWhatIsWrongWithARecord(String command, String message) {
    Map<String, Object> value = new HashMap<>();
    value.put("id", "A");
    value.put("none", null);

    assertThatThrownBy(() -> writes(command, value))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseTopicsWithoutMapping() {
    RecordMapper mapper =
        mapper(topic("{\"command\": \"DEL\", \"key\": \"k\"}", "ignore"), ExpiryReference.WALL);

    assertThatThrownBy(() -> mapper.writes(Records.of("other", 0, 0, "k", Map.of()), 0))
        .isInstanceOf(DataException.class)
        .hasMessage("topic other has no mapping");
  }
}
