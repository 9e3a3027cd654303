/** Commands on the Redis that the sink writes. */
package io.quantumtrader.compose.redis;
