package io.quantumtrader.app.cli;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the signals that ask a process to end: Ctrl-C, and those of {@code kill} and of a terminal
 * that closes. The JVM's own answer to the first is to begin its shutdown, in which libraries that
 * are just being loaded fail, and to ignore the second.
 *
 * <p>{@code sun.misc.Signal} is reached by name: the compiler warns of it, and a JVM without it
 * keeps its own answer.
 */
public final class Signals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  /** What a shell adds to the number of the signal that ended a process. */
  private static final int ENDED_BY = 128;

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private static final long DELIVERED_WITHIN_MS = 2_000;

  private final List<Restoring> before = new ArrayList<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private final IntConsumer first;
  private final IntConsumer again;

  /** Puts back what answered a signal before. */
  private interface Restoring {
    void run() throws ReflectiveOperationException;
  }

  private Signals(IntConsumer first, IntConsumer again) {
    this.first = first;
    this.again = again;
  }

  /**
   * Takes the signals from now on, until it is closed.
   *
   * @param first told of the first signal: the exit code that it stands for, 128 and its number
   * @param again told of each one after it
   */
  public static Signals take(IntConsumer first, IntConsumer again) {
    Signals signals = new Signals(first, again);
    for (String name : NAMES) {
      signals.take(name);
    }
    return signals;
  }

  /**
   * Ends this process at once, by a signal as if nobody had taken it; does not return. A JVM that
   * is halted does work of its own first, in which it may crash while classes are being loaded: the
   * first {@code up} of a build writes what it has loaded into a file then. Where no signal can be
   * sent it is halted all the same.
   *
   * @param code the exit code that the signal stands for, 128 and its number
   */
  public static void endBy(int code) {
    try {
      for (String name : NAMES) {
        endBy(name, code);
      }
    } catch (ReflectiveOperationException | IOException | RuntimeException e) {
      LOG.debug("no signal can be sent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }

  /** The thread that answers a signal holds it back, so another process has to send it. */
  private static void endBy(String name, int code)
      throws ReflectiveOperationException, IOException, InterruptedException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    if (ENDED_BY + (int) signalType.getMethod("getNumber").invoke(signal) != code) {
      return;
    }
    Method handle = signalType.getMethod("handle", signalType, handlerType);
    Object unused = handle.invoke(null, signal, handlerType.getField("SIG_DFL").get(null));
    String kill = "kill -%s %d".formatted(name, ProcessHandle.current().pid());
    if (new ProcessBuilder("/bin/sh", "-c", kill).start().waitFor() == 0) {
      Thread.sleep(DELIVERED_WITHIN_MS);
    }
  }

  /** Returns whether this JVM lets signals be taken. */
  public boolean areTaken() {
    return !before.isEmpty();
  }

  private void take(String name) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      int code = ENDED_BY + (int) signalType.getMethod("getNumber").invoke(signal);
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      InvocationHandler onSignal =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  on(code);
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "quantum's answer to " + name;
              };
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerType}, onSignal);
      Object theirs = handle.invoke(null, signal, ours);
      before.add(
          () -> {
            Object unused = handle.invoke(null, signal, theirs);
          });
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Not every system has every signal, and a JVM may keep one for itself: it stays so.
      LOG.debug("signal {} is not taken", name, e);
    }
  }

  private void on(int code) {
    if (taken.compareAndSet(false, true)) {
      first.accept(code);
    } else {
      again.accept(code);
    }
  }

  /** Gives the signals back to who had them. */
  @Override
  public void close() {
    for (Restoring each : before) {
      try {
        each.run();
      } catch (ReflectiveOperationException | RuntimeException e) {
        LOG.debug("a signal is not given back", e);
      }
    }
    before.clear();
  }
}
