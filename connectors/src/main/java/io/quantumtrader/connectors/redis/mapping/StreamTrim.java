package io.quantumtrader.connectors.redis.mapping;

import io.quantumtrader.connectors.redis.expression.EvaluationException;
import io.quantumtrader.connectors.redis.expression.Expression;
import io.quantumtrader.connectors.redis.format.Formats;
import java.util.List;

/** How a stream is kept short. */
sealed interface StreamTrim {

  /** Adds the arguments that trim the stream. */
  void append(RenderContext context, List<String> arguments);

  /** It grows without end. */
  record None() implements StreamTrim {
    @Override
    public void append(RenderContext context, List<String> arguments) {
      // Nothing is trimmed.
    }
  }

  /**
   * By its length.
   *
   * @param entries how many to keep
   * @param exact false lets Redis trim when it is cheap, as client libraries do by default
   */
  record MaxLength(long entries, boolean exact) implements StreamTrim {
    @Override
    public void append(RenderContext context, List<String> arguments) {
      add(arguments, "MAXLEN", exact, Long.toString(entries));
    }
  }

  /** By the oldest entry id to keep. */
  record MinId(Expression id, boolean exact) implements StreamTrim {
    @Override
    public void append(RenderContext context, List<String> arguments) {
      Object oldest = id.evaluate(context.scope());
      if (oldest == null) {
        throw new EvaluationException("its minid is null");
      }
      add(arguments, "MINID", exact, Formats.text(oldest));
    }
  }

  /** By the age of entries whose ids begin with a time, counted as expiries are. */
  record MaxAge(Expression seconds, boolean exact) implements StreamTrim {
    @Override
    public void append(RenderContext context, List<String> arguments) {
      long age = TimeToLive.milliseconds(seconds, context);
      long oldest = Math.max(0, context.referenceMs() - age);
      add(arguments, "MINID", exact, Long.toString(oldest));
    }
  }

  private static void add(
      List<String> arguments, String strategy, boolean exact, String threshold) {
    arguments.add(strategy);
    if (!exact) {
      arguments.add("~");
    }
    arguments.add(threshold);
  }
}
