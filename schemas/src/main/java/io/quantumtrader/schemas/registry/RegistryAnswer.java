package io.quantumtrader.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.schemas.registry.SchemaNotFoundException.Missing;

/** Tells what a registry's answer means: a result, a refusal of one kind or another, or trouble. */
final class RegistryAnswer {

  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int VERSION_NOT_FOUND = 40402;
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final int SUBJECT_LEVEL_UNSET = 40408;

  private RegistryAnswer() {}

  /** The registry failed on its own side; the same request may succeed later. */
  static final class ServerTroubleException extends Exception {
    private static final long serialVersionUID = 1L;

    ServerTroubleException(String message) {
      super(message);
    }
  }

  static JsonNode read(String url, int status, JsonNode body, String purpose)
      throws ServerTroubleException {
    if (status >= 200 && status < 300) {
      if (body.isMissingNode()) {
        throw new RegistryException(
            purpose + ": " + url + " answered " + status + " with something that is not JSON",
            null);
      }
      return body;
    }
    String told = url + " answered " + status + told(body);
    if (status >= 500 || status == 408 || status == 429) {
      throw new ServerTroubleException(told);
    }
    throw refusal(status, body, purpose + ": " + told);
  }

  private static String told(JsonNode body) {
    if (!body.hasNonNull("error_code") && !body.hasNonNull("message")) {
      return " without a registry's error code; is this the address of its Confluent API?";
    }
    return ", error_code "
        + body.path("error_code").asText("?")
        + ": "
        + body.path("message").asText("no message");
  }

  private static RegistryException refusal(int status, JsonNode body, String message) {
    return switch (body.path("error_code").asInt(status)) {
      case SUBJECT_NOT_FOUND -> new SchemaNotFoundException(Missing.SUBJECT, message, null);
      case VERSION_NOT_FOUND -> new SchemaNotFoundException(Missing.VERSION, message, null);
      case SCHEMA_NOT_FOUND -> new SchemaNotFoundException(Missing.SCHEMA, message, null);
      case SUBJECT_LEVEL_UNSET -> new SubjectLevelUnsetException(message);
      default ->
          status == 409 || status == 422
              ? new SchemaRejectedException(message, null)
              : new RegistryException(message, null);
    };
  }
}
