/** Redis streams and watched keys to Kafka topics. */
package io.quantumtrader.connectors.redis.source;
