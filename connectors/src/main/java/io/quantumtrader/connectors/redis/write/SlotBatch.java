package io.quantumtrader.connectors.redis.write;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is written into one slot of a cluster at once.
 *
 * @param fences how far it has been written there, with what it becomes; at least one
 * @param writes commands whose keys are all in the slot, in order
 */
public record SlotBatch(List<Fence> fences, List<RedisWrite> writes) {

  /**
   * A key that says how far a partition has been written in the slot.
   *
   * @param key its name
   * @param expected what it must hold, empty if it must be absent
   * @param next what it is to hold
   */
  public record Fence(String key, String expected, String next) {}

  public SlotBatch {
    fences = List.copyOf(fences);
    writes = List.copyOf(writes);
  }

  /** Returns the keys of the script: the fences first. */
  List<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    fences.forEach(fence -> keys.add(fence.key()));
    for (RedisWrite write : writes) {
      if (!write.isMessage()) {
        keys.addAll(write.keys());
      }
    }
    return new ArrayList<>(keys);
  }

  /** Returns the arguments of the script. */
  List<String> values() {
    List<String> values = new ArrayList<>();
    values.add(Integer.toString(fences.size()));
    for (Fence fence : fences) {
      values.add(fence.expected());
      values.add(fence.next());
    }
    for (RedisWrite write : writes) {
      values.add(Integer.toString(write.arguments().size() + 1));
      values.add(write.command());
      values.addAll(write.arguments());
    }
    return values;
  }
}
