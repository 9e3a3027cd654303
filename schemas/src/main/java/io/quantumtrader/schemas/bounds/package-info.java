/** What a record may hold so that it, and what is made of it, can be written. */
package io.quantumtrader.schemas.bounds;
