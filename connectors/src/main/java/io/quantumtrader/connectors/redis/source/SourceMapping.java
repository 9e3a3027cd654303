package io.quantumtrader.connectors.redis.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * What is read from Redis and where it goes.
 *
 * @param doc what it is for
 * @param streams streams that are read by a consumer group
 * @param keys keys that are watched, in groups
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceMapping(String doc, List<StreamSpec> streams, List<KeySpec> keys) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * A stream.
   *
   * @param stream its key, without prefix
   * @param topic where its entries go
   * @param reader class of an {@link EntryReader}; null: {@link FieldsReader}
   * @param key name of the field whose text becomes the record's key; null: the entry's id. For
   *     {@link FieldsReader}
   * @param fields fields of the value; null: all, as a map of texts. For {@link FieldsReader}
   * @param doc what is in it
   * @param off whether it is read only where the connector's settings name it
   */
  public record StreamSpec(
      String stream,
      String topic,
      String reader,
      String key,
      List<FieldsReader.FieldSpec> fields,
      String doc,
      boolean off) {

    public StreamSpec {
      require(stream, "stream");
      require(topic, "topic");
      if (reader != null && (key != null || fields != null)) {
        throw new ConfigException(
            "stream " + stream + ": a stream with a reader has no key and" + " no fields");
      }
    }
  }

  /**
   * Keys that are read together.
   *
   * @param keys their names, without prefix; string values
   * @param written what stands, after the prefix, before the name of the key in which a sink keeps
   *     what it wrote to one: {@code stamp=value}; null where no sink writes them
   * @param writtenTtl seconds that a value still lives if a sink wrote it, at least; what lives
   *     shorter, or without end, is somebody else's; null: what equals the sink's value is its own
   * @param elsewhere key, after the prefix, in which a sink keeps what was set last by other means
   *     than these keys: {@code stamp=value}; null where none does
   * @param topic where changes go
   * @param reader class of a {@link KeyReader}
   * @param doc what is in them
   */
  public record KeySpec(
      List<String> keys,
      String written,
      Integer writtenTtl,
      String elsewhere,
      String topic,
      String reader,
      String doc) {

    public KeySpec {
      require(topic, "topic");
      require(reader, "reader");
      if (keys == null || keys.isEmpty()) {
        throw new ConfigException("the mapping's keys need names");
      }
      if (writtenTtl != null && (writtenTtl < 1 || written == null || elsewhere == null)) {
        throw new ConfigException(
            "keys " + keys + ": writtenTtl is 1 or more and needs written and elsewhere");
      }
      keys = List.copyOf(keys);
    }

    /** Returns the same keys where the sink writes others. */
    KeySpec withoutMarks() {
      return new KeySpec(keys, null, null, elsewhere, topic, reader, doc);
    }
  }

  public SourceMapping {
    streams = streams == null ? List.of() : List.copyOf(streams);
    keys = keys == null ? List.of() : List.copyOf(keys);
    if (streams.isEmpty() && keys.isEmpty()) {
      throw new ConfigException("the mapping names neither streams nor keys");
    }
    if (streams.stream().map(StreamSpec::stream).distinct().count() != streams.size()) {
      throw new ConfigException("the mapping names a stream twice");
    }
  }

  /**
   * Returns the mapping with only those streams that are read.
   *
   * @param on streams to read that the mapping has switched off
   * @throws ConfigException if it has no such stream
   */
  SourceMapping switchedOn(List<String> on) {
    for (String name : on) {
      if (streams.stream().noneMatch(spec -> spec.stream().equals(name))) {
        throw new ConfigException(
            RedisSourceConfig.STREAMS_ON
                + ": the mapping has no stream "
                + name
                + "; it has "
                + streams.stream().map(StreamSpec::stream).collect(Collectors.joining(", ")));
      }
    }
    List<StreamSpec> read =
        streams.stream().filter(spec -> !spec.off() || on.contains(spec.stream())).toList();
    return new SourceMapping(doc, read, keys);
  }

  /**
   * Reads a mapping.
   *
   * @throws ConfigException with the place, if it is none
   */
  public static SourceMapping parse(String json) {
    try {
      return JSON.readValue(json, SourceMapping.class);
    } catch (JsonProcessingException wrong) {
      Throwable cause = wrong;
      while (cause.getCause() != null && !(cause instanceof ConfigException)) {
        cause = cause.getCause();
      }
      String why =
          cause instanceof JsonProcessingException syntax
              ? syntax.getOriginalMessage()
              : cause.getMessage();
      throw new ConfigException("the mapping cannot be read: " + why);
    }
  }

  private static void require(String value, String name) {
    if (value == null || value.isBlank()) {
      throw new ConfigException(name + " is missing in the mapping");
    }
  }
}
