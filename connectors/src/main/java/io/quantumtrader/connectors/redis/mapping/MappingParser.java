package io.quantumtrader.connectors.redis.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.connectors.redis.expression.Template;
import io.quantumtrader.connectors.redis.mapping.JsonNodeReader.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a whole mapping. */
final class MappingParser {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private MappingParser() {}

  static Mapping parse(String json) {
    JsonNodeReader root = new JsonNodeReader("", tree(json));
    Vocabulary vocabulary = Vocabulary.empty().with(root.members("define"));
    Map<String, FieldList> shared = sharedFields(root, vocabulary);
    Map<String, TopicMapping> topics = new HashMap<>();
    root.members("topics")
        .forEach((topic, item) -> topics.put(topic, topic(item.reader(), vocabulary, shared)));
    if (topics.isEmpty()) {
      throw root.problem("topics", "at least one topic is required");
    }
    root.rejectUnknown();
    return new Mapping(topics);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException unreadable) {
      String where =
          unreadable.getLocation() == null
              ? ""
              : " (line " + unreadable.getLocation().getLineNr() + ")";
      throw new MappingException("", "not JSON: " + unreadable.getOriginalMessage() + where);
    }
  }

  private static Map<String, FieldList> sharedFields(JsonNodeReader root, Vocabulary vocabulary) {
    FieldParser parser = new FieldParser(vocabulary, Map.of());
    Map<String, FieldList> shared = new HashMap<>();
    root.members("fields")
        .forEach((name, item) -> shared.put(name, parser.list(item.path(), item.node())));
    return shared;
  }

  private static TopicMapping topic(
      JsonNodeReader reader, Vocabulary global, Map<String, FieldList> shared) {
    Vocabulary vocabulary = global.with(reader.members("define"));
    CommandParser parser = new CommandParser(vocabulary, new FieldParser(vocabulary, shared));
    List<CommandSpec> commands = parser.commands(reader.items("commands"));
    Tombstone tombstone = tombstone(reader, commands, parser);
    reader.rejectUnknown();
    return new TopicMapping(commands, tombstone);
  }

  private static Tombstone tombstone(
      JsonNodeReader reader, List<CommandSpec> commands, CommandParser parser) {
    Optional<JsonNode> node = reader.optional("tombstone");
    if (node.isPresent() && node.get().isArray()) {
      List<Item> items = JsonNodeReader.items(reader.path("tombstone"), node.get());
      return new Tombstone.Run(parser.commands(items));
    }
    String name = reader.optionalText("tombstone").orElse("delete");
    return switch (name) {
      case "delete" -> new Tombstone.Run(deletion(reader, commands));
      case "ignore" -> new Tombstone.Ignore();
      case "reject" -> new Tombstone.Reject();
      default ->
          throw reader.problem(
              "tombstone", "expected delete, ignore, reject or a list of commands");
    };
  }

  /** Deletes what hashes and strings the commands write; their keys must not need the value. */
  private static List<CommandSpec> deletion(JsonNodeReader reader, List<CommandSpec> commands) {
    List<Template> keys = new ArrayList<>();
    for (CommandSpec command : commands) {
      if (!command.ownsKeys()) {
        continue;
      }
      if (command.keysNeedValue()) {
        throw reader.problem(
            "tombstone",
            "a deleted record has no value, so key \""
                + command.keys().getFirst()
                + "\" cannot be determined; build it from the record's key, or give ignore,"
                + " reject or a list of commands");
      }
      keys.addAll(command.keys());
    }
    if (keys.isEmpty()) {
      throw reader.problem(
          "tombstone", "there is no key to delete; give ignore, reject or a list of commands");
    }
    return List.of(new CommandSpec.Delete(keys));
  }
}
