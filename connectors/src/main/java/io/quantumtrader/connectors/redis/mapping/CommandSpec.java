package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.expression.Root;
import io.quantumtrader.connectors.redis.expression.Template;
import io.quantumtrader.connectors.redis.format.JsonStyle;
import io.quantumtrader.connectors.redis.format.Rendered;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one record becomes in Redis under one command of the mapping. */
sealed interface CommandSpec
    permits CommandSpec.HashSet,
        CommandSpec.TextSet,
        CommandSpec.JsonSet,
        CommandSpec.StreamAdd,
        CommandSpec.Publish,
        CommandSpec.Delete,
        CommandSpec.Conditional,
        MemberAdd {

  /** Returns the templates of the keys it writes. */
  List<Template> keys();

  /** Returns whether a deleted record deletes its keys: true where it sets them whole. */
  boolean ownsKeys();

  /** Adds its commands for a record. */
  void render(RenderContext context, List<RedisWrite> writes);

  /** Returns whether a key cannot be told without the record's value. */
  default boolean keysNeedValue() {
    return keys().stream().anyMatch(key -> key.reads(Root.VALUE));
  }

  /** What of a hash that is there a command writes over. */
  enum Over {
    /** All of it. */
    ALL,
    /** The fields that it writes. */
    SAME_FIELDS,
    /** Nothing: it writes the fields that are missing. */
    NOTHING
  }

  /** HSET, by default in place of whatever the key held, so that stale fields go. */
  record HashSet(List<Template> keys, FieldList fields, Over over, TimeToLive ttl)
      implements CommandSpec {
    @Override
    public boolean ownsKeys() {
      return true;
    }

    @Override
    public void render(RenderContext context, List<RedisWrite> writes) {
      long millis = ttl.millis(context);
      if (millis <= 0) {
        TimeToLive.appendLapsed(ttl, context.keys(keys), writes);
        return;
      }
      List<String> pairs = notEmpty(fields.pairs(context.scope()));
      for (String key : context.keys(keys)) {
        if (over == Over.ALL) {
          writes.add(RedisWrite.of("DEL", key));
        }
        if (over == Over.NOTHING) {
          addMissing(key, pairs, writes);
        } else {
          writes.add(new RedisWrite("HSET", withKey(key, pairs)));
        }
        TimeToLive.appendCommand(millis, key, writes);
      }
    }

    private static void addMissing(String key, List<String> pairs, List<RedisWrite> writes) {
      for (int i = 0; i < pairs.size(); i += 2) {
        writes.add(RedisWrite.of("HSETNX", key, pairs.get(i), pairs.get(i + 1)));
      }
    }
  }

  /**
   * How a SET writes.
   *
   * @param ifAbsent whether a key that is there stays as it is
   * @param ttl how long what it writes lives
   */
  record Setting(boolean ifAbsent, TimeToLive ttl) {

    void append(
        List<Template> templates, String text, RenderContext context, List<RedisWrite> writes) {
      List<String> keys = context.keys(templates);
      long millis = ttl.millis(context);
      if (millis <= 0 && !ifAbsent) {
        TimeToLive.appendLapsed(ttl, keys, writes);
      }
      for (String key : millis <= 0 ? List.<String>of() : keys) {
        List<String> arguments = new ArrayList<>(List.of(key, text));
        TimeToLive.appendToSet(millis, arguments);
        if (ifAbsent) {
          arguments.add("NX");
        }
        writes.add(new RedisWrite("SET", arguments));
      }
    }
  }

  /** SET of one value as text. */
  record TextSet(List<Template> keys, FieldSource content, Setting setting) implements CommandSpec {
    @Override
    public boolean ownsKeys() {
      return true;
    }

    @Override
    public void render(RenderContext context, List<RedisWrite> writes) {
      Optional<Rendered> text = content.render(context.scope());
      if (text.isEmpty()) {
        throw new EvaluationException("its value is null");
      }
      setting.append(keys, text.get().text(), context, writes);
    }
  }

  /** SET of a JSON object. */
  record JsonSet(List<Template> keys, FieldList fields, JsonStyle style, Setting setting)
      implements CommandSpec {
    @Override
    public boolean ownsKeys() {
      return true;
    }

    @Override
    public void render(RenderContext context, List<RedisWrite> writes) {
      String json = fields.json(context.scope(), style);
      setting.append(keys, json, context, writes);
    }
  }

  /**
   * XADD.
   *
   * @param trim arguments that bound the stream, for example {@code MAXLEN ~ 10000}
   * @param id entry id; {@code *} lets Redis choose
   */
  record StreamAdd(List<Template> keys, FieldList fields, StreamTrim trim, Template id)
      implements CommandSpec {
    @Override
    public boolean ownsKeys() {
      return false;
    }

    @Override
    public void render(RenderContext context, List<RedisWrite> writes) {
      List<String> pairs = notEmpty(fields.pairs(context.scope()));
      for (String key : context.keys(keys)) {
        List<String> arguments = new ArrayList<>(pairs.size() + 5);
        arguments.add(key);
        trim.append(context, arguments);
        arguments.add(id.render(context.scope()));
        arguments.addAll(pairs);
        writes.add(new RedisWrite("XADD", arguments));
      }
    }
  }

  /** PUBLISH of one message, to each of the channels, which take the place of keys. */
  record Publish(List<Template> keys, FieldSource message) implements CommandSpec {
    @Override
    public boolean ownsKeys() {
      return false;
    }

    @Override
    public void render(RenderContext context, List<RedisWrite> writes) {
      String text =
          message
              .render(context.scope())
              .map(Rendered::text)
              .orElseThrow(() -> new EvaluationException("its value is null"));
      for (String channel : context.keys(keys)) {
        writes.add(RedisWrite.of("PUBLISH", channel, text));
      }
    }
  }

  /** DEL. */
  record Delete(List<Template> keys) implements CommandSpec {
    @Override
    public boolean ownsKeys() {
      return false;
    }

    @Override
    public void render(RenderContext context, List<RedisWrite> writes) {
      writes.add(new RedisWrite("DEL", context.keys(keys)));
    }
  }

  /** A command that is only run where a condition holds. */
  record Conditional(Expression when, CommandSpec command) implements CommandSpec {
    @Override
    public List<Template> keys() {
      return command.keys();
    }

    @Override
    public boolean ownsKeys() {
      return command.ownsKeys();
    }

    @Override
    public void render(RenderContext context, List<RedisWrite> writes) {
      if (when.holds(context.scope())) {
        command.render(context, writes);
      }
    }
  }

  private static List<String> withKey(String key, List<String> rest) {
    List<String> arguments = new ArrayList<>(rest.size() + 1);
    arguments.add(key);
    arguments.addAll(rest);
    return arguments;
  }

  private static List<String> notEmpty(List<String> pairs) {
    if (pairs.isEmpty()) {
      throw new EvaluationException("no field is left to write");
    }
    return pairs;
  }
}
