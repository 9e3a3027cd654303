package io.quantumtrader.console.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.console.Means;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The description of the interface (OpenAPI 3.1), made from the routes and the types of what they
 * answer, so that it cannot say anything else than what is served.
 */
public final class OpenApi {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SCHEMAS = "#/components/schemas/";

  private final ObjectNode schemas = NODES.objectNode();
  private final Map<String, Class<?>> names = new HashMap<>();

  private OpenApi() {}

  /** Returns the description as an indented JSON text. */
  public static String text() {
    try {
      return new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(of(new ApiRoutes(null, null, null).all()))
          + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode of(List<Route> routes) {
    return new OpenApi().document(routes);
  }

  private ObjectNode document(List<Route> routes) {
    ObjectNode document = NODES.objectNode();
    document.put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "Quantum Streams console");
    info.put("version", "1");
    info.put(
        "description",
        "What a pipeline has and does, folded from its committed topics. Money and quantities are"
            + " decimal texts. Lists may be had as CSV with format=csv.");
    ObjectNode paths = document.putObject("paths");
    for (Route route : routes) {
      paths.putObject(route.path()).set("get", operation(route));
    }
    paths.putObject("/api/events").set("get", events());
    Commands.TAKEN.forEach(
        each -> paths.putObject(each.path()).set("post", change(each.summary(), each.type())));
    paths.putObject("/health/live").set("get", probe("Whether the console answers at all."));
    paths
        .putObject("/health/ready")
        .set("get", probe("Whether it has read the topics to their ends once; 503 until then."));
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas);
    ObjectNode token = components.putObject("securitySchemes").putObject("token");
    token.put("type", "http");
    token.put("scheme", "bearer");
    return document;
  }

  private ObjectNode operation(Route route) {
    ObjectNode operation = NODES.objectNode();
    operation.put("summary", route.summary());
    ArrayNode parameters = operation.putArray("parameters");
    for (Parameter parameter : route.parameters()) {
      ObjectNode each = parameters.addObject();
      each.put("name", parameter.label());
      each.put("in", "query");
      each.put("description", parameter.meaning());
      each.putObject("schema").put("type", parameter == Parameter.LIMIT ? "integer" : "string");
    }
    ObjectNode responses = operation.putObject("responses");
    ObjectNode fine = responses.putObject("200");
    fine.put("description", "As it is now.");
    ObjectNode content = fine.putObject("content");
    ObjectNode schema = content.putObject("application/json").putObject("schema");
    if (route.isList()) {
      schema.put("type", "array");
      schema.set("items", reference(route.row()));
      content.putObject("text/csv").putObject("schema").put("type", "string");
    } else {
      schema.setAll(reference(route.row()));
    }
    wrong(responses, "400", "A parameter is unknown or makes no sense.");
    return operation;
  }

  private static void wrong(ObjectNode responses, String status, String why) {
    responses.putObject(status).put("description", why);
  }

  private ObjectNode events() {
    ObjectNode operation = NODES.objectNode();
    operation.put(
        "summary",
        "Server-sent events: 'state' with accounts, positions, reservations, approvals, pipeline and"
            + " health each second something changed, 'decisions' with those that are new.");
    ObjectNode fine = operation.putObject("responses").putObject("200");
    fine.put("description", "A stream without end.");
    fine.putObject("content")
        .putObject("text/event-stream")
        .putObject("schema")
        .put("type", "string");
    return operation;
  }

  private ObjectNode change(String summary, Class<?> type) {
    ObjectNode operation = NODES.objectNode();
    operation.put("summary", summary + " It needs the token and a reason.");
    operation.putArray("security").addObject().putArray("token");
    operation
        .putObject("requestBody")
        .putObject("content")
        .putObject("application/json")
        .set("schema", reference(type));
    ObjectNode responses = operation.putObject("responses");
    wrong(responses, "202", "It is recorded; what comes of it is to be seen in what follows.");
    wrong(responses, "400", "It is no order.");
    wrong(responses, "401", "The token is missing or wrong. Nothing was changed; it is recorded.");
    wrong(responses, "403", "It comes from a page of another site.");
    wrong(responses, "409", "It makes no sense as things are.");
    return operation;
  }

  private static ObjectNode probe(String summary) {
    ObjectNode operation = NODES.objectNode();
    operation.put("summary", summary);
    wrong(operation.putObject("responses"), "200", "It is.");
    return operation;
  }

  private ObjectNode reference(Class<?> type) {
    String name = type.getSimpleName();
    Class<?> named = names.putIfAbsent(name, type);
    if (named != null && named != type) {
      throw new IllegalStateException(named + " and " + type + " have one name");
    }
    if (!schemas.has(name)) {
      ObjectNode schema = schemas.putObject(name);
      schema.put("type", "object");
      ObjectNode properties = schema.putObject("properties");
      ArrayNode required = schema.putArray("required");
      for (RecordComponent component : type.getRecordComponents()) {
        ObjectNode property = properties.putObject(component.getName());
        property.setAll(schema(component.getGenericType()));
        Means means = component.getAnnotation(Means.class);
        if (means != null) {
          property.put("description", means.value());
        }
        required.add(component.getName());
      }
    }
    return NODES.objectNode().put("$ref", SCHEMAS + name);
  }

  private ObjectNode schema(Type type) {
    ObjectNode schema = NODES.objectNode();
    if (type instanceof ParameterizedType list) {
      schema.put("type", "array");
      schema.set("items", schema(list.getActualTypeArguments()[0]));
      return schema;
    }
    Class<?> of = (Class<?>) type;
    if (of.isRecord()) {
      return reference(of);
    }
    if (of.isEnum()) {
      schema.put("type", "string");
      ArrayNode values = schema.putArray("enum");
      Arrays.stream(of.getEnumConstants()).forEach(each -> values.add(((Enum<?>) each).name()));
      return schema;
    }
    String name = simple(of);
    if (of.isPrimitive() || of == String.class) {
      schema.put("type", name);
    } else {
      schema.putArray("type").add(name).add("null");
    }
    if (of == BigDecimal.class) {
      schema.put("format", "decimal");
    }
    return schema;
  }

  private static String simple(Class<?> type) {
    if (type == String.class || type == BigDecimal.class) {
      return "string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    return type == double.class || type == Double.class ? "number" : "integer";
  }
}
