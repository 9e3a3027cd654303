package io.quantumtrader.compose.testing;

import io.quantumtrader.compose.Progress;
import io.quantumtrader.compose.Stack;
import io.quantumtrader.compose.StackSettings;

/**
 * One embedded stack for all test classes of a JVM, started when first asked for and stopped when
 * the JVM ends. It knows nothing of a test framework:
 *
 * <pre>{@code
 * final class SomethingOnTheRealStackTest {
 *   private final Stack stack = SharedStack.get();
 *
 *   @Test
 *   void shouldGoThroughTheBroker() {
 *     // topics, groups, subjects and keys with names of this test's own: others share the stack
 *   }
 * }
 * }</pre>
 *
 * <p>The system property {@code quantum.registry.home} must say where the registry is; the parent
 * POM sets it for Surefire. Needs one JVM for the module's tests, which is Surefire's default.
 */
public final class SharedStack {
  private static Stack stack;

  private SharedStack() {}

  /**
   * The stack; everyone gets the same. Nobody closes it.
   *
   * @throws io.quantumtrader.compose.StackException if it cannot start; asked again it tries again
   */
  public static synchronized Stack get() {
    if (stack == null) {
      Stack fresh = Stack.start(StackSettings.embedded(), Progress.silent());
      Runtime.getRuntime().addShutdownHook(new Thread(fresh::close, "stop-shared-stack"));
      stack = fresh;
    }
    return stack;
  }
}
