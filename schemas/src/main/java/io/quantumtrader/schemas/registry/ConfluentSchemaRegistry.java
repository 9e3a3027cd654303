package io.quantumtrader.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Client of a registry that speaks Confluent's REST API (Confluent's own, Apicurio's {@code
 * /apis/ccompat/v7}, Karapace). Ids and schemas are cached forever, because neither changes.
 */
public final class ConfluentSchemaRegistry implements SchemaRegistry {

  private final RegistryTransport transport;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<SchemaOfSubject, Integer> ids = new ConcurrentHashMap<>();

  private record SchemaOfSubject(String subject, Schema schema) {}

  /**
   * Creates the client; nothing is sent yet.
   *
   * @param urls addresses of the API, tried in turn, one at least
   * @param connectTimeout for a connection
   * @param readTimeout for a whole request
   * @param retries what to do when all addresses fail
   */
  public ConfluentSchemaRegistry(
      List<String> urls, Duration connectTimeout, Duration readTimeout, Retries retries) {
    this(urls, RegistryAccess.open(), connectTimeout, readTimeout, retries);
  }

  /**
   * Creates a client with credentials; nothing is sent yet.
   *
   * @param urls addresses of the API, tried in turn, one at least
   * @param access credentials and trust
   * @param connectTimeout for a connection
   * @param readTimeout for a whole request
   * @param retries what to do when all addresses fail
   */
  public ConfluentSchemaRegistry(
      List<String> urls,
      RegistryAccess access,
      Duration connectTimeout,
      Duration readTimeout,
      Retries retries) {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a registry needs an address");
    }
    this.transport = new RegistryTransport(urls, access, connectTimeout, readTimeout, retries);
  }

  @Override
  public int register(String subject, Schema schema) {
    return ids.computeIfAbsent(
        new SchemaOfSubject(subject, schema),
        key ->
            id(
                transport.call(
                    "POST",
                    path(subject) + "/versions",
                    content(schema),
                    "registering " + schema.getFullName() + " in subject " + subject)));
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return ids.computeIfAbsent(
        new SchemaOfSubject(subject, schema),
        key ->
            id(
                transport.call(
                    "POST",
                    path(subject),
                    content(schema),
                    "looking up " + schema.getFullName() + " in subject " + subject)));
  }

  @Override
  public Schema schemaById(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    String purpose = "reading schema id " + id;
    JsonNode answer = transport.call("GET", "/schemas/ids/" + id, null, purpose);
    return schemas.computeIfAbsent(id, key -> schema(answer, purpose));
  }

  @Override
  public RegisteredSchema latest(String subject) {
    return version(subject, "latest");
  }

  @Override
  public RegisteredSchema version(String subject, int version) {
    return version(subject, Integer.toString(version));
  }

  private RegisteredSchema version(String subject, String version) {
    String purpose = "reading version " + version + " of subject " + subject;
    JsonNode answer = transport.call("GET", path(subject) + "/versions/" + version, null, purpose);
    return new RegisteredSchema(
        subject, answer.path("version").asInt(), id(answer), schema(answer, purpose));
  }

  @Override
  public List<String> subjects() {
    List<String> names = new ArrayList<>();
    transport
        .call("GET", "/subjects", null, "listing subjects")
        .forEach(name -> names.add(name.asText()));
    return List.copyOf(names);
  }

  @Override
  public List<Integer> versions(String subject) {
    List<Integer> versions = new ArrayList<>();
    transport
        .call("GET", path(subject) + "/versions", null, "listing versions of subject " + subject)
        .forEach(version -> versions.add(version.asInt()));
    return versions.stream().sorted().toList();
  }

  @Override
  public Optional<Compatibility> compatibility(String subject) {
    String purpose = "reading the compatibility level of subject " + subject;
    try {
      JsonNode answer = transport.call("GET", config(subject), null, purpose);
      return Optional.of(Compatibility.valueOf(answer.path("compatibilityLevel").asText()));
    } catch (SubjectLevelUnsetException | SchemaNotFoundException unset) {
      return Optional.empty();
    } catch (IllegalArgumentException unknown) {
      throw new RegistryException(purpose + ": " + unknown.getMessage(), unknown);
    }
  }

  @Override
  public void setCompatibility(String subject, Compatibility level) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
    transport.call(
        "PUT",
        config(subject),
        body,
        "setting the compatibility level of subject " + subject + " to " + level);
  }

  @Override
  public RegistryVerdict compatibilityWith(String subject, int version, Schema schema) {
    JsonNode answer =
        transport.call(
            "POST",
            "/compatibility" + path(subject) + "/versions/" + version + "?verbose=true",
            content(schema),
            "asking whether "
                + schema.getFullName()
                + " is compatible with version "
                + version
                + " of subject "
                + subject);
    JsonNode compatible = answer.path("is_compatible");
    if (!compatible.isBoolean()) {
      throw new RegistryException("the registry's answer has no is_compatible: " + answer, null);
    }
    List<String> reasons = new ArrayList<>();
    answer.path("messages").forEach(reason -> reasons.add(reason.asText()));
    return new RegistryVerdict(compatible.asBoolean(), reasons);
  }

  private static String path(String subject) {
    return "/subjects/" + encoded(subject);
  }

  private static String config(String subject) {
    return "/config/" + encoded(subject);
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode content(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
  }

  private static int id(JsonNode answer) {
    JsonNode id = answer.path("id");
    if (!id.isIntegralNumber()) {
      throw new RegistryException("the registry's answer has no id: " + answer, null);
    }
    return id.asInt();
  }

  private static Schema schema(JsonNode answer, String purpose) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new RegistryException(purpose + ": it is of type " + type + ", not AVRO", null);
    }
    try {
      return new Schema.Parser().parse(answer.path("schema").asText());
    } catch (SchemaParseException invalid) {
      throw new RegistryException(
          purpose + ": Avro cannot read it: " + invalid.getMessage(), invalid);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
