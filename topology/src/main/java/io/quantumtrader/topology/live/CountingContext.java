package io.quantumtrader.topology.live;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A processor's context that counts what is forwarded. It has every interface of the real one:
 * processors of Streams itself cast theirs to interfaces that are not public API.
 */
final class CountingContext implements InvocationHandler {

  private final Object real;
  private final NodeMeter meter;

  private CountingContext(Object real, NodeMeter meter) {
    this.real = real;
    this.meter = meter;
  }

  @SuppressWarnings("unchecked") // it has all interfaces of the real one, T among them
  static <T> T of(T real, NodeMeter meter) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    for (Class<?> type = real.getClass(); type != null; type = type.getSuperclass()) {
      interfaces.addAll(Set.of(type.getInterfaces()));
    }
    return (T)
        Proxy.newProxyInstance(
            CountingContext.class.getClassLoader(),
            interfaces.toArray(Class<?>[]::new),
            new CountingContext(real, meter));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("forward")) {
      meter.forwarded();
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
