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

  static final String KNOWN = "HSET, SET, JSON, XADD, SADD, ZADD, LPUSH, RPUSH, PUBLISH, DEL";

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
    List<Template> keys = name.equals("PUBLISH") ? keys(reader, "channel") : keys(reader, "key");
    return switch (name) {
      case "HSET" ->
          new CommandSpec.HashSet(keys, fields.list(reader, "fields"), over(reader), ttl(reader));
      case "SET" -> new CommandSpec.TextSet(keys, fields.source(reader), setting(reader));
      case "JSON" ->
          new CommandSpec.JsonSet(
              keys, fields.list(reader, "fields"), fields.style(reader), setting(reader));
      case "XADD" ->
          new CommandSpec.StreamAdd(keys, fields.list(reader, "fields"), trim(reader), id(reader));
      case "SADD", "ZADD", "LPUSH", "RPUSH" -> memberAdd(name, keys, reader);
      case "PUBLISH" -> new CommandSpec.Publish(keys, fields.source(reader));
      case "DEL" -> new CommandSpec.Delete(keys);
      default ->
          throw reader.problem("command", "unknown command '" + name + "' (known: " + KNOWN + ")");
    };
  }

  private static CommandSpec.Over over(JsonNodeReader reader) {
    if (!reader.truth("ifAbsent", false)) {
      return reader.truth("replace", true) ? CommandSpec.Over.ALL : CommandSpec.Over.SAME_FIELDS;
    }
    for (String other : List.of("replace", "ttl")) {
      if (reader.has(other)) {
        throw reader.problem(other, "cannot be combined with ifAbsent");
      }
    }
    return CommandSpec.Over.NOTHING;
  }

  /** Reads one template under a name, or several under its plural. */
  private List<Template> keys(JsonNodeReader reader, String one) {
    String several = one + "s";
    if (reader.has(one) == reader.has(several)) {
      throw reader.problem(one, "either " + one + " or " + several + " is required");
    }
    if (reader.has(one)) {
      return List.of(vocabulary.template(reader.path(one), reader.text(one)));
    }
    List<Template> keys = new ArrayList<>();
    for (String key : reader.texts(several)) {
      keys.add(vocabulary.template(reader.path(several), key));
    }
    return List.copyOf(keys);
  }

  private CommandSpec memberAdd(String name, List<Template> keys, JsonNodeReader reader) {
    boolean list = name.endsWith("PUSH");
    return new MemberAdd(
        keys,
        name,
        members(name, reader),
        reader.truth("replace", false),
        list ? reader.positive("maxlen") : OptionalLong.empty(),
        ttl(reader));
  }

  private Members members(String name, JsonNodeReader reader) {
    return switch (name) {
      case "SADD" -> new Members.Values(required(reader, "members"));
      case "ZADD" -> scores(reader);
      default ->
          reader.has("values")
              ? new Members.Values(required(reader, "values"))
              : new Members.Content(fields.source(reader));
    };
  }

  private Members scores(JsonNodeReader reader) {
    if (reader.has("scores") == reader.has("member")) {
      throw reader.problem("member", "either member with score, or scores is required");
    }
    return reader.has("scores")
        ? new Members.ScoreMap(required(reader, "scores"))
        : new Members.Scored(required(reader, "member"), required(reader, "score"));
  }

  private Expression required(JsonNodeReader reader, String name) {
    return vocabulary.expression(reader.path(name), reader.required(name));
  }

  private StreamTrim trim(JsonNodeReader reader) {
    List<String> given = List.of("maxlen", "minid", "maxage").stream().filter(reader::has).toList();
    if (given.size() > 1) {
      throw reader.problem(given.getLast(), "cannot be combined with " + given.getFirst());
    }
    boolean exact = reader.truth("exact", false);
    if (given.isEmpty()) {
      return new StreamTrim.None();
    }
    return switch (given.getFirst()) {
      case "minid" -> new StreamTrim.MinId(required(reader, "minid"), exact);
      case "maxage" -> new StreamTrim.MaxAge(required(reader, "maxage"), exact);
      default -> new StreamTrim.MaxLength(reader.positive("maxlen").orElseThrow(), exact);
    };
  }

  private Template id(JsonNodeReader reader) {
    return vocabulary.template(reader.path("id"), reader.optionalText("id").orElse("*"));
  }

  private CommandSpec.Setting setting(JsonNodeReader reader) {
    return new CommandSpec.Setting(reader.truth("ifAbsent", false), ttl(reader));
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
    String lapsed = ttl.optionalText("lapsed").orElse("delete");
    if (!List.of("delete", "ignore").contains(lapsed)) {
      throw ttl.problem("lapsed", "expected delete or ignore");
    }
    ttl.rejectUnknown();
    return lapsed.equals("delete") ? parsed : new TimeToLive.PassingOver(parsed);
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
