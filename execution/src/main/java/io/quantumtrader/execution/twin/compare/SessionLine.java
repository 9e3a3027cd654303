package io.quantumtrader.execution.twin.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.engine.QueryText;
import java.util.Map;

/** A line of a recorded session. */
public sealed interface SessionLine {

  /** Returns its number in the file, from 1. */
  int number();

  /** Returns when it was taken down, wall time, epoch milliseconds UTC. */
  long atMs();

  /** Returns the name of the account. */
  String account();

  /**
   * A request and its answer.
   *
   * @param query as sent, encoded, without signature
   * @param status HTTP status; 0 where there was no answer
   * @param answer the body; a text where it was no JSON
   */
  record Request(
      int number,
      long atMs,
      String account,
      String method,
      String path,
      String query,
      int status,
      JsonNode answer)
      implements SessionLine {

    private static final int OK = 200;
    private static final int SERVER_FAULT = 500;

    /** Returns what was asked, without parameters. */
    public String asked() {
      return method + " " + path;
    }

    /** Returns the parameters, decoded. */
    public Map<String, String> parameters() {
      return QueryText.parse(query);
    }

    /** Returns whether it was done as asked. */
    public boolean succeeded() {
      return status == OK;
    }

    /** Returns whether nobody knows from the answer if it was done: none, or a server's fault. */
    public boolean isUnresolved() {
      int code = answer.path("code").asInt(0);
      return status == 0 || status >= SERVER_FAULT || code == -1006 || code == -1007;
    }

    /** Returns whether it was refused for how much was asked before, by whomever. */
    public boolean isLimited() {
      return status == 429 || status == 418;
    }
  }

  /**
   * A message of a stream.
   *
   * @param message the event; a text where it was no JSON
   */
  record Message(int number, long atMs, String account, JsonNode message) implements SessionLine {

    /** Returns the event without the name of its stream. */
    public JsonNode event() {
      return message.has("stream") ? message.path("data") : message;
    }
  }
}
