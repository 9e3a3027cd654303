package io.quantumtrader.app.access;

import io.quantumtrader.schemas.topic.Topic;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What may be done with one resource of a broker, or with all whose names begin alike.
 *
 * @param type kind of the resource
 * @param name its name, or how it begins
 * @param pattern LITERAL or PREFIXED
 * @param operations what may be done; reading and writing let one describe, too
 */
public record Right(
    ResourceType type, String name, PatternType pattern, Set<AclOperation> operations) {

  /** Takes a copy of the set. */
  public Right {
    operations = Set.copyOf(operations);
  }

  static Right topic(Topic topic, AclOperation first, AclOperation... more) {
    return new Right(
        ResourceType.TOPIC, topic.topicName(), PatternType.LITERAL, EnumSet.of(first, more));
  }

  static Right topics(String prefix, AclOperation first, AclOperation... more) {
    return new Right(ResourceType.TOPIC, prefix, PatternType.PREFIXED, EnumSet.of(first, more));
  }

  static Right group(String name, AclOperation first, AclOperation... more) {
    return new Right(ResourceType.GROUP, name, PatternType.LITERAL, EnumSet.of(first, more));
  }

  static Right groups(String prefix, AclOperation first, AclOperation... more) {
    return new Right(ResourceType.GROUP, prefix, PatternType.PREFIXED, EnumSet.of(first, more));
  }

  static Right transactions(String prefix) {
    return new Right(
        ResourceType.TRANSACTIONAL_ID,
        prefix,
        PatternType.PREFIXED,
        EnumSet.of(AclOperation.WRITE));
  }

  /** Returns the rules that give a user this right from everywhere. */
  public List<AclBinding> bindings(String principal) {
    ResourcePattern resource = new ResourcePattern(type, name, pattern);
    return operations.stream()
        .sorted()
        .map(
            operation ->
                new AclBinding(
                    resource,
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }
}
