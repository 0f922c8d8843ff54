/** Who exists and where they practise, as registers and members say. */
import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { DirectoryController } from './directory.controller.js';
import { PeopleCards } from './people.cards.js';
import { PeopleSearch } from './people.search.js';

@Module({
  imports: [IdentityModule],
  controllers: [DirectoryController],
  providers: [PeopleSearch, PeopleCards],
})
export class DirectoryModule {}
