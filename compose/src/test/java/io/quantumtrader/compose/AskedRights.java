package io.quantumtrader.compose;

import io.quantumtrader.app.access.Right;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which also remembers who asked for what. */
public final class AskedRights extends StandardAuthorizer {

  private static final Set<Asked> ASKED = ConcurrentHashMap.newKeySet();

  /**
   * One question.
   *
   * @param user who asked
   * @param allowed what he was told
   * @param needed whether a denial is one: where a client asks for everything it may see, it is not
   */
  public record Asked(
      String user,
      AclOperation operation,
      ResourceType type,
      String name,
      boolean allowed,
      boolean needed) {

    /** Returns whether a right answers it. */
    boolean isAnsweredBy(Right right, AclOperation granted) {
      return granted == operation
          && type == right.type()
          && (right.pattern() == PatternType.PREFIXED
              ? name.startsWith(right.name())
              : name.equals(right.name()));
    }
  }

  /** The broker makes one. */
  public AskedRights() {}

  static void forget() {
    ASKED.clear();
  }

  /** Returns what a user asked for in vain. */
  public static List<Asked> deniedTo(String user) {
    return ASKED.stream()
        .filter(asked -> asked.user().equals(user) && !asked.allowed() && asked.needed())
        .toList();
  }

  /** Returns whether a user has asked for what this operation of a right allows. */
  public static boolean isUsed(String user, Right right, AclOperation operation) {
    return ASKED.stream()
        .anyMatch(
            asked ->
                asked.user().equals(user)
                    && asked.allowed()
                    && asked.isAnsweredBy(right, operation));
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext context, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(context, actions);
    for (int at = 0; at < actions.size(); at++) {
      Action action = actions.get(at);
      ASKED.add(
          new Asked(
              context.principal().getName(),
              action.operation(),
              action.resourcePattern().resourceType(),
              action.resourcePattern().name(),
              results.get(at) == AuthorizationResult.ALLOWED,
              action.logIfDenied()));
    }
    return results;
  }
}
