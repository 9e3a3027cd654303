package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.expression.Scope;
import io.quantumtrader.connectors.redis.expression.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * What commands are rendered against.
 *
 * @param scope the record
 * @param keyPrefix stands before every key
 * @param reference what absolute expiries are counted from
 * @param nowMs wall clock, epoch milliseconds
 */
record RenderContext(Scope scope, String keyPrefix, ExpiryReference reference, long nowMs) {

  String key(Template template) {
    return keyPrefix + template.render(scope);
  }

  List<String> keys(List<Template> templates) {
    List<String> keys = new ArrayList<>(templates.size());
    for (Template template : templates) {
      keys.add(key(template));
    }
    return keys;
  }

  /** The moment that expiries are counted from. */
  long referenceMs() {
    if (reference == ExpiryReference.WALL) {
      return nowMs;
    }
    Long timestamp = scope.record().timestamp();
    if (timestamp == null) {
      throw new EvaluationException("an expiry needs the record's timestamp, but it has none");
    }
    return timestamp;
  }
}
