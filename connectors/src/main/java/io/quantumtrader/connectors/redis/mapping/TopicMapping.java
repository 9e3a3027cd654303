package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.write.RedisWrite;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;

/**
 * What the records of one topic become.
 *
 * @param commands for a record with a value, in order
 * @param tombstone for a record without
 */
record TopicMapping(List<CommandSpec> commands, Tombstone tombstone) {

  void render(RenderContext context, List<RedisWrite> writes) {
    if (context.scope().record().value() != null) {
      renderAll(commands, context, writes);
      return;
    }
    switch (tombstone) {
      case Tombstone.Run run -> renderAll(run.commands(), context, writes);
      case Tombstone.Ignore ignore -> {}
      case Tombstone.Reject reject -> throw new EvaluationException("the record has no value");
    }
  }

  private static void renderAll(
      List<CommandSpec> commands, RenderContext context, List<RedisWrite> writes) {
    for (CommandSpec command : commands) {
      try {
        command.render(context, writes);
      } catch (DataException problem) {
        throw new EvaluationException(
            "for key \"" + command.keys().getFirst() + "\": " + problem.getMessage());
      }
    }
  }
}
