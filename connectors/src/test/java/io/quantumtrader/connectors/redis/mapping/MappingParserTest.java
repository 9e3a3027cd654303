package io.quantumtrader.connectors.redis.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingParserTest {

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("{", "mapping: not JSON: Unexpected end-of-input"),
        arguments("[]", "mapping: expected an object"),
        arguments("{} {}", "mapping: not JSON: Trailing token"),
        arguments("{'a': 1, 'a': 2}", "mapping: not JSON: Duplicate field 'a'"),
        arguments("{}", "mapping at topics: at least one topic is required"),
        arguments("{'topics': []}", "mapping at topics: expected an object"),
        arguments("{'topics': {}, 'x': 1}", "mapping at topics: at least one topic"),
        arguments("{'topics': {'t': {}}}", "mapping at topics[\"t\"].commands: is required"),
        arguments(topic("'commands': []"), "].commands: expected a list that is not empty"),
        arguments(topic("'commands': ['SET']"), "].commands[0]: expected an object"),
        arguments(
            command("'command': 'HSTE', 'key': 'k'"),
            "].commands[0].command: unknown command 'HSTE' (known: HSET, SET, JSON, XADD,"
                + " SADD, ZADD, LPUSH, RPUSH, PUBLISH, DEL)"),
        arguments(command("'command': 'DEL'"), "].commands[0].key: either key or keys is required"),
        arguments(
            command("'command': 'DEL', 'key': 'a', 'keys': ['b']"), ".key: either key or keys"),
        arguments(command("'command': 'DEL', 'key': 1"), "].commands[0].key: expected a text"),
        arguments(command("'command': 'DEL', 'keys': [1]"), ".keys[0]: expected a text"),
        arguments(
            command("'command': 'DEL', 'key': 'k', 'fields': []"),
            "].commands[0].fields: is not a known name here"),
        arguments(
            command("'command': 'DEL', 'key': '${value.x'"),
            "].commands[0].key: '${' without '}' at column 1 of \"${value.x\""),
        arguments(
            command("'command': 'DEL', 'key': 'k', 'when': 'value.a ='"),
            "].commands[0].when: parsing error in '=' at column 9 of \"value.a =\""),
        arguments(command("'command': 'HSET', 'key': 'k'"), "].commands[0].fields: is required"),
        arguments(hset("{'value': 'key'}"), ".fields[0].name: is required"),
        arguments(
            hset("{'name': 'a'}"),
            ".fields[0].value: exactly one of value, constant and object is required"),
        arguments(
            hset("{'name': 'a', 'value': 'key', 'constant': 'x'}"),
            ".fields[0].value: exactly one of value, constant and object is required"),
        arguments(
            hset("{'name': 'a', 'value': 'key', 'format': 'pyflaot'}"),
            ".fields[0].format: unknown format 'pyflaot' (known: bool, bool-01,"),
        arguments(
            hset("{'name': 'a', 'value': 'key', 'formt': 'text'}"),
            ".fields[0].formt: is not a known name here"),
        arguments(
            hset("{'name': 'a', 'value': 'key', 'optional': 'yes'}"),
            ".fields[0].optional: expected true or false"),
        arguments(
            hset("{'name': 'a', 'constant': []}"),
            ".fields[0].constant: expected a text, a number, true, false or null"),
        arguments(
            hset("{'name': 'a', 'object': []}"),
            ".fields[0].object: expected a list that is not empty"),
        arguments(
            hset("{'name': 'a', 'constant': 'x'}, {'name': 'a', 'constant': 'y'}"),
            ".fields[1]: 'a' appears twice"),
        arguments(
            command("'command': 'HSET', 'key': 'k', 'fields': 'common'"),
            ".fields: unknown shared fields 'common'"),
        arguments(
            command(
                "'command': 'JSON', 'key': 'k', 'style': 'ruby', 'fields':"
                    + " [{'name':'a','constant':1}]"),
            ".style: expected python or compact"),
        arguments(
            command(
                "'command': 'SET', 'key': 'k', 'constant': 'x', 'ttl': {'at': 'offset',"
                    + " 'seconds': 1}"),
            ".ttl.seconds: either seconds or at is required"),
        arguments(
            command(
                "'command': 'SET', 'key': 'k', 'constant': 'x', 'ttl': {'at': 'offset', 'from':"
                    + " 'offset'}"),
            ".ttl.from: is not a known name here"),
        arguments(
            command("'command': 'SET', 'key': 'k', 'constant': 'x', 'ttl': 'soon'"),
            ".ttl: unknown name 'soon'"),
        arguments(xadd("'maxlen': 0"), ".maxlen: expected a whole number above 0"),
        arguments(
            xadd("'maxlen': 10, 'minid': 'offset'"), ".minid: cannot be combined with" + " maxlen"),
        arguments(
            xadd("'maxage': 10, 'minid': 'offset'"), ".maxage: cannot be combined with" + " minid"),
        arguments(xadd("'maxage': 'soon'"), ".maxage: unknown name 'soon'"),
        arguments(
            command("'command': 'ZADD', 'key': 'k', 'member': 'key'"),
            "].commands[0].score: is required"),
        arguments(
            command("'command': 'ZADD', 'key': 'k', 'score': 'offset'"),
            "].commands[0].member: either member with score, or scores is required"),
        arguments(
            command("'command': 'ZADD', 'key': 'k', 'scores': 'value', 'score': 'offset'"),
            "].commands[0].score: is not a known name here"),
        arguments(command("'command': 'SADD', 'key': 'k'"), "].commands[0].members: is required"),
        arguments(
            command("'command': 'SADD', 'key': 'k', 'members': 'key', 'maxlen': 3"),
            "].commands[0].maxlen: is not a known name here"),
        arguments(
            command("'command': 'LPUSH', 'key': 'k'"),
            "].commands[0].value: exactly one of value, constant and object is required"),
        arguments(
            command("'command': 'RPUSH', 'key': 'k', 'values': 'key', 'value': 'key'"),
            "].commands[0].value: is not a known name here"),
        arguments(
            command("'command': 'RPUSH', 'key': 'k', 'value': 'key', 'maxlen': 0"),
            "].commands[0].maxlen: expected a whole number above 0"),
        arguments(
            command("'command': 'PUBLISH', 'key': 'k', 'value': 'key'"),
            "].commands[0].channel: either channel or channels is required"),
        arguments(
            command("'command': 'PUBLISH', 'channel': 'k'"),
            "].commands[0].value: exactly one of value, constant and object is required"),
        arguments(
            topic("'tombstone': 'drop', 'commands': [{'command': 'DEL', 'key': 'k'}]"),
            "].tombstone: expected delete, ignore, reject or a list of commands"),
        arguments(
            topic("'commands': [{'command': 'DEL', 'key': 'k'}]"),
            "].tombstone: there is no key to delete; give ignore, reject or a list of commands"),
        arguments(
            topic("'commands': [{'command': 'SET', 'key': 'p:${value.id}', 'constant': '1'}]"),
            "a deleted record has no value, so key \"p:${value.id}\" cannot be determined"),
        arguments(
            "{'define': {'value': 'key'}, 'topics': {'t': {}}}",
            "mapping at define[\"value\"]: 'value' cannot be defined"),
        arguments(
            "{'define': {'a': 'b', 'b': 'key'}, 'topics': {'t': {}}}",
            "mapping at define[\"a\"]: unknown name 'b'"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void shouldSayWhereAMappingIsWrong(String mapping, String message) {
    assertThatThrownBy(() -> Mapping.parse(mapping.replace('\'', '"')))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldKnowItsTopics() {
    Mapping mapping =
        Mapping.parse(
            """
            {"topics": {
              "a": {"tombstone": "ignore", "commands": [{"command": "DEL", "key": "k"}]},
              "b": {"tombstone": "reject", "commands": [{"command": "DEL", "key": "k"}]}}}
            """);

    assertThat(mapping.topics()).containsExactlyInAnyOrder("a", "b");
  }

  private static String topic(String attributes) {
    return "{'topics': {'t': {" + attributes + "}}}";
  }

  private static String command(String attributes) {
    return topic("'tombstone': 'ignore', 'commands': [{" + attributes + "}]");
  }

  private static String hset(String fields) {
    return command("'command': 'HSET', 'key': 'k', 'fields': [" + fields + "]");
  }

  private static String xadd(String attributes) {
    return command(
        "'command': 'XADD', 'key': 'k', 'fields': [{'name': 'a', 'constant': 'x'}], " + attributes);
  }
}
