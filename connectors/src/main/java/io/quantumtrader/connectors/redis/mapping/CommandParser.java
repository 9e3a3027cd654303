package io.quantumtrader.connectors.redis.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.expression.Template;
import io.quantumtrader.connectors.redis.mapping.JsonNodeReader.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads commands. */
final class CommandParser {

  private static final String KNOWN = "HSET, SET, JSON, XADD, SADD, DEL";

  private final Vocabulary vocabulary;
  private final FieldParser fields;

  CommandParser(Vocabulary vocabulary, FieldParser fields) {
    this.vocabulary = vocabulary;
    this.fields = fields;
  }

  List<CommandSpec> commands(List<Item> items) {
    List<CommandSpec> commands = new ArrayList<>();
    for (Item item : items) {
      commands.add(command(item.reader()));
    }
    return List.copyOf(commands);
  }

  private CommandSpec command(JsonNodeReader reader) {
    CommandSpec command = bare(reader);
    Optional<Expression> when =
        reader.optional("when").map(node -> vocabulary.expression(reader.path("when"), node));
    reader.rejectUnknown();
    return when.isPresent() ? new CommandSpec.Conditional(when.get(), command) : command;
  }

  private CommandSpec bare(JsonNodeReader reader) {
    String name = reader.text("command");
    List<Template> keys = keys(reader);
    return switch (name) {
      case "HSET" ->
          new CommandSpec.HashSet(
              keys, fields.list(reader, "fields"), reader.truth("replace", true), ttl(reader));
      case "SET" -> new CommandSpec.TextSet(keys, fields.source(reader), ttl(reader));
      case "JSON" ->
          new CommandSpec.JsonSet(
              keys, fields.list(reader, "fields"), fields.style(reader), ttl(reader));
      case "XADD" ->
          new CommandSpec.StreamAdd(keys, fields.list(reader, "fields"), trim(reader), id(reader));
      case "SADD" -> new CommandSpec.SetAdd(keys, required(reader, "members"), ttl(reader));
      case "DEL" -> new CommandSpec.Delete(keys);
      default ->
          throw reader.problem("command", "unknown command '" + name + "' (known: " + KNOWN + ")");
    };
  }

  private List<Template> keys(JsonNodeReader reader) {
    if (reader.has("key") == reader.has("keys")) {
      throw reader.problem("key", "either key or keys is required");
    }
    if (reader.has("key")) {
      return List.of(vocabulary.template(reader.path("key"), reader.text("key")));
    }
    List<Template> keys = new ArrayList<>();
    for (String key : reader.texts("keys")) {
      keys.add(vocabulary.template(reader.path("keys"), key));
    }
    return List.copyOf(keys);
  }

  private Expression required(JsonNodeReader reader, String name) {
    return vocabulary.expression(reader.path(name), reader.required(name));
  }

  private StreamTrim trim(JsonNodeReader reader) {
    OptionalLong maxLength = reader.positive("maxlen");
    Optional<Expression> minId =
        reader.optional("minid").map(node -> vocabulary.expression(reader.path("minid"), node));
    boolean exact = reader.truth("exact", false);
    if (maxLength.isPresent() && minId.isPresent()) {
      throw reader.problem("minid", "not together with maxlen");
    }
    return new StreamTrim(maxLength, minId, exact);
  }

  private Template id(JsonNodeReader reader) {
    return vocabulary.template(reader.path("id"), reader.optionalText("id").orElse("*"));
  }

  private TimeToLive ttl(JsonNodeReader reader) {
    Optional<JsonNode> node = reader.optional("ttl");
    if (node.isEmpty()) {
      return TimeToLive.FOREVER;
    }
    String path = reader.path("ttl");
    if (!node.get().isObject()) {
      return new TimeToLive.FromWrite(vocabulary.expression(path, node.get()));
    }
    JsonNodeReader ttl = new JsonNodeReader(path, node.get());
    TimeToLive parsed = ttlOf(ttl);
    ttl.rejectUnknown();
    return parsed;
  }

  private TimeToLive ttlOf(JsonNodeReader ttl) {
    if (ttl.has("at") == ttl.has("seconds")) {
      throw ttl.problem("seconds", "either seconds or at is required");
    }
    if (ttl.has("at")) {
      return new TimeToLive.Until(required(ttl, "at"));
    }
    Expression seconds = required(ttl, "seconds");
    return ttl.has("from")
        ? new TimeToLive.FromMoment(seconds, required(ttl, "from"))
        : new TimeToLive.FromWrite(seconds);
  }
}
